"""Composition root and command line: puts processes together and holds no logic of the rooms.

`run` starts roles, over what `bootstrap` opens; `web`, `messaging` and `understanding` put together what they serve,
send and understand; `commands` has a module for each first word behind `hub`. What looks after an installation is here
as a whole: `backups`, `keys`, `migrations`, `retention`, `watching`, `doctor`.
"""
