"""Who can print: providers, machines and feedstock."""

from dataclasses import dataclass
from enum import StrEnum


class ProcessCategory(StrEnum):
    """The seven categories of ISO/ASTM 52900."""

    BINDER_JETTING = "BJT"
    DIRECTED_ENERGY_DEPOSITION = "DED"
    MATERIAL_EXTRUSION = "MEX"
    MATERIAL_JETTING = "MJT"
    POWDER_BED_FUSION = "PBF"
    SHEET_LAMINATION = "SHL"
    VAT_PHOTOPOLYMERIZATION = "VPP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A print provider at one site.

    Attributes:
        code: short identifier used on the command line; unique.
        own_house: the site belongs to the library's owner.
        public_key: reserved recipient key for encrypted packages; "" if none was given.
    """

    id: int = 0
    version: int = 1
    code: str
    name: str
    address: str = ""
    country: str = ""
    own_house: bool = False
    contact: str = ""
    public_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A machine, or a named fleet of like machines, at a provider's site."""

    id: int = 0
    version: int = 1
    provider_id: int
    name: str
    model: str = ""
    process: ProcessCategory
    build_x_mm: float | None = None
    build_y_mm: float | None = None
    build_z_mm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A feedstock grade; `grade` is unique (maker's name of the grade)."""

    id: int = 0
    version: int = 1
    grade: str
    family: str = ""
    maker: str = ""
    process: ProcessCategory
    density_g_cm3: float | None = None
    specification: str = ""
