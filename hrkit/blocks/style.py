"""How blocks look on a screen; every rule holds inside ``.hrkit`` only.

The colours are custom properties, so that a page sets its own (`hrkit.publish.html`).  JupyterLab's
themes colour tables, code and links by rules of their own; ours are written to hold against them,
in the dark themes, too.
"""

__all__ = ["CSS"]

CSS = """
.hrkit{font-family:Lato,"Segoe UI",system-ui,sans-serif;font-size:15px;line-height:1.5;
 color:#1d2733;background:#fff;max-width:60rem;padding:.2rem .8rem;overflow-wrap:break-word;
 --primary:#0b5d7a;--accent:#a85600;--ground:#0b4a61;--brand-fill:#f1f5f7;--accent-fill:#f9f1e8}
.hrkit h1,.hrkit h2,.hrkit h3,.hrkit h4,.hrkit h5,.hrkit h6{line-height:1.2;margin:1.2em 0 .5em}
.hrkit h1{font-size:1.7em;font-weight:900}.hrkit h2{font-size:1.25em}
.hrkit h3,.hrkit h4,.hrkit h5,.hrkit h6{font-size:1.05em}
.hrkit p{margin:.5em 0}.hrkit .lead{font-size:1.2em}
.hrkit .kicker,.hrkit .note,.hrkit .by,.hrkit .mute{color:#566270}
.hrkit .kicker{text-transform:uppercase;letter-spacing:.06em;font-size:.8em;margin:1.2em 0 0}
.hrkit .note,.hrkit .by{font-size:.85em}
.hrkit blockquote{margin:1em 0;padding-left:1em;border-left:3px solid var(--accent);
 font-style:italic}
.hrkit .card{background:var(--brand-fill);border-left:4px solid var(--primary);padding:.6em 1em;margin:.8em 0}
.hrkit .card.accent{background:var(--accent-fill);border-color:var(--accent)}
.hrkit .card.quiet{background:#f4f6f8;border-color:#c3cad2}
.hrkit .card-title{font-weight:700;margin:0 0 .3em}
.hrkit .callout{border:1px solid var(--primary);border-radius:3px;padding:.5em .9em;margin:.8em 0}
.hrkit .callout.warning{border-color:var(--accent);background:var(--accent-fill)}
.hrkit .facts,.hrkit .levels,.hrkit .grid{display:flex;flex-wrap:wrap;gap:1em;margin:1em 0;
 padding:0}
.hrkit .grid>*{min-width:14rem}.hrkit .facts>li{flex:1;min-width:8rem;margin:0;border-top:2px solid var(--primary);list-style:none}
.hrkit .facts :is(strong,span){display:block}
.hrkit .facts strong{font-size:1.7em;font-weight:900;color:var(--primary)}
.hrkit.hrkit.hrkit .facts{padding:0}.hrkit .facts small{font-size:.5em;font-weight:400;color:#566270}
.hrkit .levels{gap:2px}
.hrkit .levels span{flex:1;padding:.4em .6em;background:#eef4f6;color:#4a5663}
.hrkit .levels .on{background:var(--ground);color:#fff;font-weight:700}
.hrkit .scroll,.hrkit .drawing{overflow-x:auto}.hrkit table{border-collapse:collapse;margin:1em 0}
.hrkit caption{font-weight:700;text-align:left;padding-bottom:.4em}
.hrkit th,.hrkit td{padding:.35em .7em;border-bottom:1px solid #d9dee4;vertical-align:top}
.hrkit thead th{border-bottom:2px solid var(--primary);vertical-align:bottom}
.hrkit tbody th{font-weight:400}.hrkit figure{margin:1em 0}
.hrkit figcaption{font-weight:700;margin-bottom:.4em}.hrkit svg{max-width:100%;height:auto}
.hrkit pre{background:#f4f6f8;padding:.7em;overflow-x:auto}
.hrkit .cover{padding:2em;color:#fff;background:var(--ground)}.hrkit .cover p{margin:.2em 0}
.hrkit .cover .logo{background:#fff;padding:.5em;max-width:13rem;max-height:5rem}
.hrkit.hrkit.hrkit :is(table,caption,thead,tbody,tr,th,td,pre,code,blockquote){color:inherit}
.hrkit.hrkit.hrkit :is(tr,tr:hover,code){background:transparent}
.hrkit.hrkit.hrkit pre{background:#f4f6f8}.hrkit.hrkit.hrkit :is(th,td){text-align:left}
.hrkit.hrkit.hrkit table{font-size:inherit}.hrkit.hrkit.hrkit tr{text-align:left}
.hrkit.hrkit.hrkit a{color:var(--primary)}
.hrkit.hrkit.hrkit .cover :is(h1,p,a){color:#fff}.hrkit img{max-width:100%;height:auto}
.hrkit .filled{background:#1d2733;color:#fff;padding:0 .3em;border-radius:3px;white-space:nowrap}
.hrkit .outlined{outline:2px solid #1d2733;outline-offset:-1px;padding:0 .3em;border-radius:3px;
 white-space:nowrap}
.hrkit .steps{letter-spacing:-.05em;color:var(--primary)}
.hrkit .shares{display:flex;min-width:9rem;gap:1px;font-size:.75rem;line-height:1.35rem}
.hrkit .shares i{font-style:normal;text-align:center;overflow:hidden;min-width:2px}
.hrkit .apart{display:none}
.hrkit .key{white-space:nowrap;margin-right:.8em}
.hrkit .key i{display:inline-block;width:.8em;height:.8em;margin-right:.35em;border:1px solid #566270}
.hrkit .lo0{background:#6b3700;color:#fff}.hrkit :is(.lo1,.lo2,.lo3,.lo4){background:#d5a06a;color:#1d2733}
.hrkit .mid{background:#e3e7eb;color:#1d2733}
.hrkit :is(.hi1,.hi2,.hi3,.hi4){background:#a9c6d2;color:#1d2733}.hrkit .hi0{background:#0b5d7a;color:#fff}
.hrkit .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
"""
