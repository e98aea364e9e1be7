// The map, the keys, the links between marks, and the selection of missed words. Pages work without it,
// except for the map and for adding a missed event. Texts of pages are only ever set as text.
"use strict";
(() => {
  const METRES = { near: 5000, district: 15000, province: 50000, country: 150000, unknown: 50000 };
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let land = null;

  function named(text) {
    const label = document.createElement("span");
    label.textContent = text;
    return label;
  }

  async function drawMap(box) {
    if (box.dataset.drawn) return;
    box.dataset.drawn = "1";
    const edit = Boolean(box.dataset.edit);
    const map = L.map(box, { preferCanvas: true, attributionControl: false, worldCopyJump: true, zoomControl: false, zoomSnap: 0.5 }).setView([20, 30], 2);
    L.control.zoom({ zoomInTitle: document.body.dataset.zoomIn, zoomOutTitle: document.body.dataset.zoomOut }).addTo(map);
    box.trucewatchMap = map;
    land = land || fetch("/land.json").then((r) => r.json());
    const shapes = L.geoJSON(await land, {
      interactive: false,
      style: (f) => ({
        color: css("--border"), weight: f.properties.kind === "land" ? 1.2 : 0.6,
        fill: f.properties.kind === "land", fillColor: css("--land"), fillOpacity: 1,
      }),
    }).addTo(map);
    const provinces = shapes.getLayers().filter((s) => s.feature.properties.kind === "province");
    const names = new Set();
    for (const province of provinces.filter((p) => !names.has(p.feature.properties.name) && names.add(p.feature.properties.name)))
      province.bindTooltip(named(province.feature.properties.name), { permanent: true, direction: "center", className: "province" });
    const far = () => box.classList.toggle("far", map.getZoom() < 6);
    map.on("zoomend", far);
    const points = JSON.parse(box.dataset.map);
    const precision = box.dataset.precision;
    for (const [lat, lon, count, verdict, id, name, digits] of points.slice().reverse()) {
      const colour = css("--" + verdict) || css("--undetermined");
      if (precision && METRES[precision]) {
        L.circle([lat, lon], { radius: METRES[precision], color: colour, weight: 1, dashArray: "4 4", fillOpacity: 0.15 }).bindTooltip(named(name), { permanent: true, direction: "center" }).addTo(map);
        continue;
      }
      const mark = L.circleMarker([lat, lon], {
        radius: 5 + Math.min(14, 3 * Math.log2(count)), color: css("--paper"), weight: 1.5, fillColor: colour, fillOpacity: 0.85,
      }).addTo(map);
      mark.bindTooltip(named(count > 1 ? `${name} (${count})` : name), { permanent: points.length === 1, direction: "right" });
      mark.on("click", () => {
        if (count === 1) location.href = "/incident/" + encodeURIComponent(id);
        else {
          const form = document.getElementById("filters");
          form.elements.area.value = [lat, lon, digits].join(",");
          form.requestSubmit();
        }
      });
    }
    if (points.length) map.fitBounds(L.latLngBounds(points.map((p) => [p[0], p[1]])).pad(0.15), { maxZoom: precision === "province" ? 7 : 8, animate: false });
    else {
      const home = L.featureGroup(provinces);
      if (home.getLayers().length) map.fitBounds(home.getBounds(), { animate: false });
    }
    far();
    if (edit) editable(map);
  }

  function editable(map) {
    const lat = document.querySelector("[name=lat]"), lon = document.querySelector("[name=lon]");
    const place = document.querySelector("[name=place]"), found = document.getElementById("found");
    let pin = null;
    const show = (zoom) => {
      if (!lat.value || !lon.value || Number.isNaN(+lat.value) || Number.isNaN(+lon.value)) return;
      const at = [+lat.value, +lon.value];
      if (pin) pin.setLatLng(at);
      else pin = L.circleMarker(at, { radius: 8, color: css("--paper"), weight: 2, fillColor: css("--link"), fillOpacity: 1 }).addTo(map);
      if (zoom) map.setView(at, Math.max(map.getZoom(), zoom), { animate: false });
    };
    map.on("click", (e) => {
      lat.value = e.latlng.lat.toFixed(5);
      lon.value = e.latlng.wrap().lng.toFixed(5);
      show(0);
    });
    for (const field of [lat, lon]) field.addEventListener("change", () => show(7));
    document.getElementById("find").addEventListener("click", async () => {
      const places = await (await fetch("/places?q=" + encodeURIComponent(place.value))).json();
      found.replaceChildren(...places.map((p) => {
        const item = document.createElement("li"), choose = document.createElement("button");
        choose.type = "button";
        choose.textContent = [p.name, p.admin1, p.country, p.kind].filter(Boolean).join(", ");
        choose.addEventListener("click", () => {
          place.value = p.name; lat.value = p.lat.toFixed(5); lon.value = p.lon.toFixed(5);
          found.replaceChildren(); show(9);
        });
        item.append(choose);
        return item;
      }));
    });
    place.addEventListener("keydown", (e) => {
      if (e.key === "Enter") { e.preventDefault(); document.getElementById("find").click(); }
    });
    show(7);
  }

  function light(names, on) {
    for (const name of names)
      for (const part of document.querySelectorAll(`[data-m~="${CSS.escape(name)}"], [data-of="${CSS.escape(name)}"]`))
        part.classList.toggle("lit", on);
  }
  const namesOf = (target) => {
    const part = target instanceof Element && target.closest("[data-m], [data-of]");
    return part ? (part.dataset.m || part.dataset.of).split(" ") : [];
  };

  // Offsets count code points; a browser's count UTF-16 units.
  function offsetOf(node, units) {
    const part = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
    return part && part.closest("#text") ? +part.dataset.at + [...part.textContent.slice(0, units)].length : -1;
  }
  function selected() {
    const choice = document.getSelection(), output = document.getElementById("selected");
    if (!output || !choice.rangeCount || choice.isCollapsed) return;
    const range = choice.getRangeAt(0);
    const start = offsetOf(range.startContainer, range.startOffset), end = offsetOf(range.endContainer, range.endOffset);
    if (start < 0 || end <= start) return;
    const form = output.closest("form");
    form.elements.start.value = start;
    form.elements.end.value = end;
    output.textContent = choice.toString();
    output.closest("details").open = true;
  }

  document.addEventListener("selectionchange", selected);
  document.addEventListener("mouseover", (e) => light(namesOf(e.target), true));
  document.addEventListener("mouseout", (e) => light(namesOf(e.target), false));
  document.addEventListener("focusin", (e) => light(namesOf(e.target), true));
  document.addEventListener("focusout", (e) => light(namesOf(e.target), false));
  document.addEventListener("click", (e) => {
    const part = e.target instanceof Element && e.target.closest("#text [data-m]");
    const detail = part && document.getElementById(part.dataset.m.split(" ").at(-1));
    if (detail && document.getSelection().isCollapsed) { detail.open = true; detail.scrollIntoView({ block: "nearest" }); }
  });
  document.addEventListener("change", (e) => {
    const name = e.target.dataset && e.target.dataset.toggle;
    if (name) document.getElementById("text").classList.toggle("hide-" + name, !e.target.checked);
  });
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const target = document.querySelector(`main [data-key="${CSS.escape(e.key)}"]`);
    if (!target) return;
    e.preventDefault();
    if (target.matches("select")) target.focus(); else target.click();
  });
  document.addEventListener("click", (e) => {
    const line = e.target instanceof Element && e.target.closest("[data-line]");
    const text = line && document.getElementById("truce-text");
    if (!text) return;
    const before = text.value.split("\n").slice(0, +line.dataset.line - 1).join("\n").length;
    const start = before ? before + 1 : 0, end = text.value.indexOf("\n", start);
    text.focus();
    text.setSelectionRange(start, end < 0 ? text.value.length : end);
    text.scrollTop = (+line.dataset.line - 4) * parseFloat(getComputedStyle(text).lineHeight);
  });
  // On a narrow screen the filters would push everything else out of sight.
  const filters = document.querySelector(".filterbox");
  if (filters && !location.search && matchMedia("(max-width: 48rem)").matches) filters.open = false;
  const wanted = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (wanted && wanted.matches("details")) { wanted.open = true; wanted.scrollIntoView(); }
  const drop = document.querySelector(".drop");
  if (drop) {
    for (const kind of ["dragover", "drop"]) drop.addEventListener(kind, (e) => e.preventDefault());
    drop.addEventListener("drop", (e) => { drop.querySelector("input").files = e.dataTransfer.files; });
  }
  const drawMaps = () => document.querySelectorAll("[data-map]").forEach(drawMap);
  document.addEventListener("htmx:afterSettle", drawMaps);
  window.addEventListener("popstate", () => setTimeout(drawMaps, 100));
  drawMaps();
})();
