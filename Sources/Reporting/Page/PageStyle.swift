// How a page looks: light or dark as the reader's system is, side by side or one below the other,
// on paper.

enum PageStyle {
  static let text = #"""
    :root{--page:#ffffff;--ink:#0f172a;--soft:#475569;--line:#cbd5e1;--panel:#f8fafc;
    --accent:#b45309;--glow:#fef3c7;--button:#ffffff}
    *{box-sizing:border-box}
    html,body{margin:0}
    body{background:var(--page);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",
    Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif}
    header{padding:.8rem 1.2rem .6rem;border-bottom:1px solid var(--line);background:var(--page)}
    h1{font-size:1.15rem;margin:0 0 .5rem;overflow-wrap:anywhere}
    h2{font-size:1rem;margin:1rem 0 .3rem}
    #bar{display:flex;flex-wrap:wrap;gap:.4rem;align-items:center}
    #bar[hidden]{display:none}
    button{font:inherit;color:inherit;background:var(--button);border:1px solid var(--soft);
    border-radius:6px;padding:.3rem .8rem;cursor:pointer}
    button[aria-disabled=true]{color:var(--soft);border-color:var(--line);cursor:default}
    #slider{flex:1 1 8rem;max-width:24rem;min-width:6rem;accent-color:var(--accent)}
    .keys{color:var(--soft);font-size:.85rem}
    kbd{font:inherit;border:1px solid var(--line);border-radius:4px;padding:0 .35em}
    #said{margin:.5rem 0 0;min-height:1.45em;overflow-wrap:anywhere}
    #said:empty{display:none}
    main{display:grid;grid-template-columns:minmax(0,1fr);gap:1rem;padding:1rem 1.2rem}
    .left{min-width:0;display:flex;flex-direction:column;gap:1rem}
    .graph,.tables,.listing{overflow:auto;min-width:0}
    .graph svg{display:block;margin:0 auto;height:auto;max-width:100%}
    .listing{background:var(--panel);border:1px solid var(--line);border-radius:6px;flex:none}
    pre{margin:0;padding:.6rem .8rem;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,
    "DejaVu Sans Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
    mark{background:var(--glow);color:inherit;border-radius:3px;box-shadow:0 0 0 1.5px var(--accent)}
    table{border-collapse:collapse;margin:0 0 1.1rem;font-size:14px}
    caption{text-align:left;font-weight:600;padding:0 .5rem .3rem}
    th{text-align:left;font-weight:600;border-bottom:1px solid var(--soft);padding:.12rem .5rem;
    vertical-align:bottom}
    td{padding:.14rem .5rem;vertical-align:top;border-bottom:1px solid var(--line)}
    .number{text-align:right}
    td.number{white-space:pre;font:13px/1.65 ui-monospace,SFMono-Regular,Menlo,Consolas,
    "DejaVu Sans Mono",monospace}
    .notes{margin:0;padding-left:1.3rem}
    .stepping tbody tr,.stepping g.node{cursor:pointer}
    tr.ahead{color:var(--soft)}
    tr.ahead .number{visibility:hidden}
    tr.lit td{background:var(--glow)}
    tr.lit td:first-child{box-shadow:inset 4px 0 var(--accent)}
    .diagram g.ahead rect{stroke-dasharray:3 3;fill:var(--page)}
    .diagram g.ahead text{fill:var(--soft)}
    .diagram g.read rect{stroke:var(--accent);stroke-width:2}
    .diagram g.lit rect{stroke:var(--accent);stroke-width:3.5}
    .diagram .edge.lit{stroke:var(--accent);stroke-width:2.2}
    .diagram .edge.lit[marker-end]{marker-end:url(#diagram-arrow-lit)}
    .diagram .head-lit{fill:var(--accent)}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    .graph:focus-visible,.tables:focus-visible,.listing:focus-visible{outline-offset:-2px}
    @media screen and (prefers-color-scheme:dark){
    :root{--page:#0d1420;--ink:#f1f5f9;--soft:#a3b1c4;--line:#2b3a50;--panel:#131d2d;
    --accent:#fbbf24;--glow:#4a3310;--button:#1a2332}
    }
    @media screen and (min-height:36rem){
    body{display:flex;flex-direction:column;height:100vh;height:100dvh}
    main{flex:1;min-height:0;grid-template-rows:auto minmax(0,1fr)}
    .left{min-height:0;max-height:52vh}
    .graph{flex:0 1 auto}
    .listing{max-height:18vh}
    }
    @media screen and (min-width:64rem){
    main{grid-template-columns:minmax(0,11fr) minmax(0,9fr)}
    }
    @media screen and (min-width:64rem) and (min-height:36rem){
    main{grid-template-rows:minmax(0,1fr)}
    .left{max-height:none}
    .listing{max-height:40vh}
    }
    @media print{
    #bar,#said{display:none}
    main{display:block;padding:0}
    header{border:0;padding:0 0 .5rem}
    .graph,.tables,.listing{overflow:visible}
    .graph,.listing,tr,.notes li{break-inside:avoid}
    .graph svg{min-width:0!important}
    .listing{margin:1rem 0}
    tr.ahead{color:inherit}
    tr.ahead .number{visibility:visible}
    }

    """#
}
