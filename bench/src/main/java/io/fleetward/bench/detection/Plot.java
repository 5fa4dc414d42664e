package io.fleetward.bench.detection;

import java.util.List;

/// The series of a set, one below the other, as an SVG file.
record Plot(String title, List<PlotStrip> strips) {
  private static final int GAP = 8;
  private static final int HEAD = 28;

  Plot {
    strips = List.copyOf(strips);
  }

  String svg() {
    int height = HEAD + strips.size() * (PlotStrip.HEIGHT + GAP);
    StringBuilder text = new StringBuilder();
    text.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif">
        <style>
        .label { fill: #e41a1c; fill-opacity: .25 }
        .alarm { fill: #ff7f00 }
        .score { fill: none; stroke: #225ea8; stroke-width: 1 }
        .threshold { fill: none; stroke: #555; stroke-width: 1; stroke-dasharray: 4 3 }
        .box { fill: none; stroke: #ccc }
        </style>
        <rect width="100%%" height="100%%" fill="white"/>
        <text x="4" y="18" font-size="14">%s: score (blue), threshold (dashed), labels (red), \
        alarms (orange)</text>
        """
            .formatted(PlotStrip.WIDTH, height, escaped(title)));
    int y = HEAD;
    for (PlotStrip strip : strips) {
      text.append(
          """
          <g transform="translate(0 %d)">
          <rect class="box" width="%d" height="%d"/>
          %s<text x="4" y="11" font-size="10">%s</text>
          </g>
          """
              .formatted(y, PlotStrip.WIDTH, PlotStrip.HEIGHT, strip.svg(), escaped(strip.name())));
      y += PlotStrip.HEIGHT + GAP;
    }
    return text.append("</svg>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
