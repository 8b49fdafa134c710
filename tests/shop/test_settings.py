"""Which shop is spoken to is a setting, and a wrong one is named."""

from __future__ import annotations

import pytest

from actions.shop import ShopSettings, shop_from_settings
from actions.shop.demo import DemoShop
from actions.shop.interface import ShopMisconfigured
from actions.shop.woocommerce import WooCommerceShop


def test_the_demo_shop_is_the_default_and_stands_where_it_listens() -> None:
    settings = ShopSettings.from_env({"ASPA_SHOP_TOKEN": "t", "ASPA_SHOP_PORT": "8123"})

    assert (settings.kind, settings.url) == ("demo", "http://127.0.0.1:8123")
    assert isinstance(shop_from_settings(settings), DemoShop)


@pytest.mark.parametrize(
    ("env", "setting"),
    [
        ({}, "ASPA_SHOP_TOKEN"),
        ({"ASPA_SHOP_KIND": "shopify"}, "ASPA_SHOP_KIND"),
        ({"ASPA_SHOP_TOKEN": "t", "ASPA_SHOP_URL": "shop.example.fi"}, "ASPA_SHOP_URL"),
        ({"ASPA_SHOP_TOKEN": "t", "ASPA_SHOP_READ_S": "soon"}, "ASPA_SHOP_READ_S"),
        ({"ASPA_SHOP_TOKEN": "t", "ASPA_SHOP_READ_S": "nan"}, "ASPA_SHOP_READ_S"),
        ({"ASPA_SHOP_TOKEN": "t", "ASPA_SHOP_CONNECT_S": "-1"}, "ASPA_SHOP_CONNECT_S"),
        ({"ASPA_SHOP_TOKEN": "t", "ASPA_DEMO_TODAY": "21.11.2026"}, "ASPA_DEMO_TODAY"),
    ],
)
def test_a_wrong_setting_is_named(env: dict[str, str], setting: str) -> None:
    with pytest.raises(ShopMisconfigured, match=setting):
        ShopSettings.from_env(env)


KEYS = "ck_1:cs_2"


def test_woocommerce_is_spoken_to_when_it_is_named() -> None:
    env = {"ASPA_SHOP_KIND": "woocommerce", "ASPA_SHOP_URL": "https://shop.example/", "ASPA_SHOP_TOKEN": KEYS}
    settings = ShopSettings.from_env({**env, "ASPA_SHOP_LANGUAGE": "et", "ASPA_SHOP_DELIVERY_DAYS": "3"})

    assert (settings.url, settings.language, settings.delivery_days) == ("https://shop.example", "et", 3)
    assert isinstance(shop_from_settings(settings), WooCommerceShop)


@pytest.mark.parametrize(
    ("wrong", "setting"),
    [
        ({"ASPA_SHOP_TOKEN": "ck_1"}, "ASPA_SHOP_TOKEN"),
        ({"ASPA_SHOP_URL": "http://shop.example"}, "ASPA_SHOP_URL"),
        ({"ASPA_SHOP_LANGUAGE": "sv"}, "ASPA_SHOP_LANGUAGE"),
        ({"ASPA_SHOP_DELIVERY_DAYS": "0"}, "ASPA_SHOP_DELIVERY_DAYS"),
    ],
)
def test_a_wrong_setting_of_woocommerce_is_named(wrong: dict[str, str], setting: str) -> None:
    env = {"ASPA_SHOP_KIND": "woocommerce", "ASPA_SHOP_URL": "https://shop.example", "ASPA_SHOP_TOKEN": KEYS}

    with pytest.raises(ShopMisconfigured, match=setting):
        ShopSettings.from_env({**env, **wrong})
