-- Whose certificate it is, whoever applied for it: the keyed digest of the holder's 公民身份号码 or 统一社会信用代码, the same that
-- blind_index keeps of parties (kind id_number). Empty in rows of before this rung until `service::certificates::fill_in_holders`
-- has read it from the answers of their case (the signed file has a person's code masked only), and for good where there is no
-- case: there whoever applied stands for the holder, as it was.
alter table certificates add column holder_index text;
create index certificates_by_holder_index on certificates (holder_index, type_code);
create index certificates_without_holder on certificates (id) where holder_index is null;
