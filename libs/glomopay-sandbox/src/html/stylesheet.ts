/** The one stylesheet of all pages; its hash is what the content security policy allows. */
export const STYLESHEET = `
:root{color-scheme:light dark;--ink:#14213d;--soft:#56607a;--line:#dde2ec;--paper:#fff;--ground:#eef1f7;
--accent:#0b5d5a;--accent-ink:#fff;--warn:#7a4b00;--warn-ground:#fff3d6;--warn-line:#e8c675;
--good:#0d6b3c;--good-ground:#ddf4e6;--bad:#a3212d;--bad-ground:#fde4e5;--wait:#27509b;--wait-ground:#e2ebfb}
@media(prefers-color-scheme:dark){:root{--ink:#e9edf6;--soft:#a7b1c8;--line:#313b52;--paper:#1a2233;
--ground:#10151f;--accent:#4fc3b8;--accent-ink:#06231f;--warn:#ffd98a;--warn-ground:#33280f;--warn-line:#6b551f;
--good:#7fe0a9;--good-ground:#11341f;--bad:#ff9ba3;--bad-ground:#451a1f;--wait:#a5c4ff;--wait-ground:#1b2c4d}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
code,.digits{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.92em}
h1{font-size:1.45rem;line-height:1.25;margin:0 0 .5rem;letter-spacing:-.01em}
h2{font-size:1.05rem;margin:0 0 .6rem}
p{margin:0 0 1rem;text-wrap:pretty}
.sheet h1{margin-bottom:.35rem}.sheet h1:has(+.amount){font-size:1.05rem;font-weight:560;color:var(--soft)}
.banner{margin:0;text-wrap:balance;padding:.65rem 1rem;text-align:center;font-size:.92rem;color:var(--warn);
background:var(--warn-ground);border-bottom:1px solid var(--warn-line)}
.sheet{width:min(27rem,calc(100% - 2rem));margin:clamp(1rem,7vh,4.5rem) auto 2rem;padding:1.75rem;
background:var(--paper);border:1px solid var(--line);border-radius:1rem;box-shadow:0 1.2rem 3rem -1.6rem #0e1a3366}
.bank{display:flex;align-items:center;gap:.6rem;margin:0 0 1.5rem;padding-bottom:1rem;
border-bottom:1px solid var(--line);font-weight:650}
.shield{flex:none;fill:var(--accent)}.shield .check{fill:none;stroke:var(--paper);stroke-width:2.2;
stroke-linecap:round;stroke-linejoin:round}
.tag{margin-left:auto;padding:.1rem .55rem;border:1px solid var(--line);border-radius:1rem;
font-size:.78rem;font-weight:500;color:var(--soft)}
.amount{margin:0 0 1.25rem;font-size:2.1rem;line-height:1.15;font-weight:680;letter-spacing:-.02em;
font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.facts{margin:0 0 1.5rem;padding:.25rem 1rem;background:var(--ground);border-radius:.7rem}
.facts div{display:flex;justify-content:space-between;gap:1rem;padding:.55rem 0}
.facts div+div{border-top:1px solid var(--line)}
.facts dt{color:var(--soft)}.facts dd{margin:0;text-align:right;min-width:0;overflow-wrap:anywhere;font-weight:550}
form{display:grid;gap:.7rem}
button{width:100%;min-height:3rem;padding:.6rem 1rem;border-radius:.65rem;border:1px solid transparent;
font:inherit;font-weight:620;cursor:pointer;color:var(--ink);background:none}
button.primary{background:var(--accent);color:var(--accent-ink)}
button.primary:hover{filter:brightness(1.12)}
button.secondary{border-color:var(--soft)}
button.quiet{min-height:2.6rem;font-size:.92rem;font-weight:500;border:1px dashed color-mix(in srgb,var(--soft) 55%,transparent);color:var(--soft)}
button.secondary:hover,button.quiet:hover{background:var(--ground);color:var(--ink)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
fieldset{display:grid;gap:.5rem;margin:1rem 0 0;padding:1rem 0 0;border:0;border-top:1px solid var(--line)}
legend{float:left;width:100%;padding:0;margin-bottom:.5rem;font-size:.85rem;color:var(--soft)}
.top{padding:1rem clamp(1rem,4vw,2.5rem);background:var(--paper);border-bottom:1px solid var(--line);
display:flex;flex-wrap:wrap;align-items:center;gap:.3rem 1.5rem}
.brand{display:flex;align-items:center;gap:.6rem;margin:0;font-weight:680}
.hint{margin:0;color:var(--soft);font-size:.9rem;font-weight:400}
.board{max-width:70rem;margin:0 auto;padding:1.75rem clamp(1rem,4vw,2.5rem) 3rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:1rem 0 2rem}
.tiles div{padding:.9rem 1rem;background:var(--paper);border:1px solid var(--line);border-radius:.8rem}
.tiles dt{color:var(--soft);font-size:.88rem}
.tiles dd{margin:0;font-size:1.7rem;font-weight:680;font-variant-numeric:tabular-nums;line-height:1.2}
section{margin:0 0 2rem}
.rows{list-style:none;margin:0;padding:0;background:var(--paper);border:1px solid var(--line);border-radius:.8rem}
.rows li{display:grid;grid-template-columns:12.5rem minmax(0,1fr) 9.5rem 11.5rem 11.5rem;gap:.25rem 1rem;align-items:center;
padding:.75rem 1rem}
.rows code{min-width:0;overflow-wrap:anywhere}
.rows li+li{border-top:1px solid var(--line)}
.what{color:var(--soft);overflow:hidden;text-overflow:ellipsis}
.money{text-align:right;font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
.rows time{color:var(--soft);font-size:.86rem;text-align:right;white-space:nowrap}
.state{display:flex;flex-wrap:wrap;gap:.1rem .4rem;align-items:center}.state small{color:var(--soft);font-size:.72rem;overflow-wrap:anywhere}
.pill{padding:.1rem .6rem;border-radius:1rem;font-size:.84rem;font-weight:600;white-space:nowrap;
color:var(--wait);background:var(--wait-ground)}
.pill.success,.pill.paid,.pill.delivered{color:var(--good);background:var(--good-ground)}
.pill.failed,.pill.cancelled,.pill.expired,.pill.given_up{color:var(--bad);background:var(--bad-ground)}
.pill.action_required{color:var(--warn);background:var(--warn-ground)}
.empty{padding:1.5rem;margin:0;text-align:center;color:var(--soft);background:var(--paper);
border:1px dashed var(--line);border-radius:.8rem}
.board section p code{overflow-wrap:anywhere}
@media(max-width:62rem){.rows li{grid-template-columns:minmax(0,1fr) auto}
.rows .what{grid-column:1/-1;order:1}.rows time{order:3;align-self:center}.state{order:2}}
@media(max-width:30rem){.sheet{padding:1.25rem}.rows li{padding:.75rem .85rem}.sheet{margin-top:1.25rem}
.tiles{grid-template-columns:repeat(6,1fr);gap:.5rem}.tiles div{grid-column:span 2;padding:.7rem .8rem}.tiles div:nth-child(n+4){grid-column:span 3}}
`;
