-- Rows of views that are written anew with every event about a commitment. A new version of a row stays on its page and
-- needs no new entry in the index (HOT) as long as the page has room: half of it is left for that.
alter table commitment_details set (fillfactor = 50);
alter table commitment_standing set (fillfactor = 50);
