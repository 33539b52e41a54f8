"""What the eternal-spare rule may lack. An unknown answer always names it."""

from enum import IntFlag


class Missing(IntFlag):
    """Inputs that nobody has entered yet; a part may lack several."""

    PRODUCTS = 1  # no product is known to use the part
    LIFE_CYCLE_DATES = 2  # a product without any date
    END_OF_SERVICE = 4
    SUPPLIER = 8  # neither a supplier nor a last order date
    STOCK = 16
    DEMAND_HISTORY = 32  # twelve months of the part's own demand
    INSTALLED_BASE = 64
    FAILURE_RATE = 128
    FAILURE_SHARE = 256


NEED_INPUTS = Missing.PRODUCTS | Missing.LIFE_CYCLE_DATES | Missing.END_OF_SERVICE
