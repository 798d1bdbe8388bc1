-- nobody asks by it: what is due to be told is read by expiry, in drafts_by_expiry
drop index drafts_by_told;
