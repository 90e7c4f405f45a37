"""What stands above every page: see `api.notices`."""

from typing import Annotated

from fastapi import Depends, Request

from api.dependencies import Services, services


async def shown_notices(request: Request, used: Annotated[Services, Depends(services)]) -> None:
    """Lay ready for the page what everybody should see now."""
    if used.web.notices:
        request.state.notices = await used.web.notices.now()
