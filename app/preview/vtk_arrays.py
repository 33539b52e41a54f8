"""Numbers across the border to VTK, whose own converters carry no annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from vtkmodules.vtkCommonCore import vtkDataArray


def to_vtk(array: NDArray[Any]) -> vtkDataArray:
    """Wrap an array without copying it; VTK keeps it alive as long as it needs it."""
    from vtkmodules.util.numpy_support import numpy_to_vtk

    wrapped: vtkDataArray = numpy_to_vtk(  # type: ignore[no-untyped-call]
        np.ascontiguousarray(array)
    )
    return wrapped


def from_vtk(array: vtkDataArray) -> NDArray[Any]:
    """Return a copy of a VTK array that outlives it."""
    from vtkmodules.util.numpy_support import vtk_to_numpy

    shared: NDArray[Any] = vtk_to_numpy(array)  # type: ignore[no-untyped-call]
    return shared.copy()
