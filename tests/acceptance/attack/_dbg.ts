import { makePlace } from "../../attack/place.ts";
import { startTarget, MODES } from "../../attack/target.ts";
import { listH2Attacks } from "../../attack/h2_attacks.ts";
import { AnswerReader, frame, FRAME, headers, request } from "../../attack/h2_connection.ts";
import { bytesOf } from "../../attack/attack.ts";
await using place = await makePlace();
await using t = await startTarget(place, MODES[0]!);
const a = listH2Attacks(place.alias).filter(a=>a.name.startsWith("h2 targets"))[Number(Deno.args[0])]!;
const c = await Deno.connect({hostname:"127.0.0.1",port:t.server.port});
await c.write(bytesOf(a.text + frame(6,0,"are you?")+headers(0x7ffffff1, request("/public.txt"))));
const r = new AnswerReader(); const b = new Uint8Array(65536);
setTimeout(()=>c.close(), 1500);
let tot=0;
while(true){ const n=await c.read(b).catch(()=>null); if(n===null){console.log("eof",performance.now()|0);break;} tot+=n; r.push(String.fromCharCode(...b.subarray(0,n))); }
console.log(tot, r.ended.size, r.answers.size, r.isGivenUp, r.malformed, [...r.answers.keys()].join(), "missing", Array.from({length:40},(_,i)=>2*i+1).filter(i=>!r.ended.has(i)).join(), a.text.length);
