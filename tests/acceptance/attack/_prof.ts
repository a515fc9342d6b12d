import { makePlace } from "../../attack/place.ts";
import { startTarget, MODES } from "../../attack/target.ts";
import { listPathAttacks } from "../../attack/path_attacks.ts";
import { listFramingAttacks } from "../../attack/framing_attacks.ts";
import { listFieldAttacks } from "../../attack/field_attacks.ts";
import { listH2Attacks } from "../../attack/h2_attacks.ts";
import { sendAllH2 } from "../../attack/h2_exchange.ts";
import { createTally, sendAll } from "../../attack/campaign.ts";
const mode = MODES[Number(Deno.args[0])]!;
await using place = await makePlace();
await using t = await startTarget(place, mode);
const tally=createTally();
const o={connect:()=>Deno.connect({hostname:"127.0.0.1",port:t.server.port}), bench:{place,isLocked:mode.isLocked===true}, tally, width:24};
const groups: Record<string, any[]> = {};
for (const a of [...listPathAttacks(place.alias).filter((_,i)=>i%7==0), ...listFramingAttacks(), ...listFieldAttacks()]) (groups[a.name.split(":")[0]!] ??= []).push(a);
for (const [k,v] of Object.entries(groups)) { const s=performance.now(); await sendAll(v,o); console.log(k, v.length, Math.round(performance.now()-s)); }
const g2: Record<string, any[]> = {};
for (const a of listH2Attacks(place.alias)) (g2[a.name.split(":")[0]!] ??= []).push(a);
for (const [k,v] of Object.entries(g2)) { const s=performance.now(); if (k.includes("flood")) for (const a of v) {const s=performance.now(); await sendAllH2([a],o); console.log("   ",a.name, Math.round(performance.now()-s));} else await sendAllH2(v,o); console.log(k, v.length, Math.round(performance.now()-s)); }
console.log(await t.check());
