// Session, account, fifty cases and eight messages of the hall's own tables. BENCH_DATABASE names a copy of its file.
import { DatabaseSync } from 'node:sqlite';
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';

const hex = (id) => Buffer.from(id).toString('hex');

let hall;
// at the first request: the build imports this file too
function open() {
	const db = new DatabaseSync(process.env.BENCH_DATABASE);
	const before = readFileSync(`${process.env.BENCH_FRAME}/before.html`, 'utf8');
	const after = readFileSync(`${process.env.BENCH_FRAME}/after.html`, 'utf8');
	const session = db.prepare('select account from bench_sessions where id_hash = ?');
	const account = db.prepare('select display_name, party_id from accounts where id = ?');
	const cases = db.prepare(
		'select c.id, number, item_name, stage, act_by, due, u.name as unit from cases c join units u on u.id = c.unit_id where party_id = ? order by c.id desc limit 50'
	);
	const messages = db.prepare('select id, kind, body, created_at from messages where party_id = ? order by id desc limit 8');
	return { before, after, session, account, cases, messages };
}

export function load({ cookies }) {
	hall ??= open();
	const hash = createHash('sha256').update(cookies.get('bench')).digest('hex');
	const me = hall.account.get(hall.session.get(hash).account);
	return {
		before: hall.before,
		after: hall.after,
		name: me.display_name,
		cases: hall.cases.all(me.party_id).map((c) => ({ ...c, id: hex(c.id), number: c.number.replace(/(.{4})(?=.)/g, '$1 ') })),
		messages: hall.messages.all(me.party_id).map((m) => ({ ...m, id: hex(m.id), body: JSON.parse(m.body) }))
	};
}
