-- 001 change
-- Phase: as written. Transaction: no (VACUUM cannot run inside one.)
-- Way back: reversible
VACUUM orders;

-- 002 add__columns
-- What can be added to `` at once, without reading its rows.
-- Phase: expand. Transaction: yes
-- Way back: reversible
SET LOCAL lock_timeout = '2s';
