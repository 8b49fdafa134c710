"""The shop behind the bot: `interface` says what it can be asked, one file an implementation."""

from __future__ import annotations

from .interface import Shop
from .settings import ShopSettings

__all__ = ["Shop", "ShopSettings", "shop_from_settings"]


def shop_from_settings(settings: ShopSettings | None = None) -> Shop:
    """The shop that the settings (by default the environment) name. Asks nothing of it yet.

    Raises ShopMisconfigured, which names the setting to mend.
    """
    settings = settings or ShopSettings.from_env()
    if settings.kind == "woocommerce":  # only the shop that is used is loaded
        from .woocommerce import WooCommerceShop

        return WooCommerceShop(settings)
    from .demo import DemoShop

    return DemoShop(
        settings.url, settings.token, connect_s=settings.connect_s, read_s=settings.read_s, today=settings.today
    )
