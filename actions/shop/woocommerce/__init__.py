"""A shop that runs on WooCommerce, over its REST API v3 (docs/shops/woocommerce.md)."""

from .shop import WooCommerceShop

__all__ = ["WooCommerceShop"]
