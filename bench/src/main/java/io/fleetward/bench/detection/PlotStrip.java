package io.fleetward.bench.detection;

import io.fleetward.bench.scoring.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One series as a strip of an SVG drawing: its scores and threshold over the spans that experts
/// labelled, its alarms below.
///
/// Scores have no upper end, so the strip shows their inverse hyperbolic sine: even near 0, by
/// orders of magnitude far from it.
///
/// @param svg elements in a box of [#WIDTH] by [#HEIGHT]
record PlotStrip(String name, String svg) {
  static final int WIDTH = 1_200;
  static final int HEIGHT = 90;

  private static final int TOP = 14;
  private static final int BOTTOM = 82;

  static PlotStrip of(String name, SeriesScores scores, List<Run> events) {
    Drawing drawing = new Drawing(scores);
    StringBuilder svg = new StringBuilder();
    for (Run event : events) {
      drawing.span(svg, "label", event, TOP, BOTTOM);
    }
    for (Run episode : Run.of(scores.alarms())) {
      drawing.span(svg, "alarm", episode, BOTTOM + 1, HEIGHT - 2);
    }
    drawing.line(svg, "threshold", scores.thresholds());
    drawing.line(svg, "score", scores.scores());
    return new PlotStrip(name, svg.toString());
  }

  private static final class Drawing {
    private final int rows;
    private final double unit;
    private final double low;
    private final double high;

    Drawing(SeriesScores scores) {
      double[] known = Arrays.stream(scores.scores()).filter(Double::isFinite).sorted().toArray();
      rows = scores.scores().length;
      double median = known.length == 0 ? 1 : Math.abs(known[known.length / 2]);
      unit = median > 0 ? median : 1;
      low = known.length == 0 ? 0 : scaled(known[0]);
      high = known.length == 0 ? 1 : Math.max(scaled(known[known.length - 1]), low + 1e-9);
    }

    private double scaled(double score) {
      double x = score / unit;
      return Math.signum(x) * Math.log(Math.abs(x) + Math.sqrt(x * x + 1));
    }

    private double x(int row) {
      return (double) row * WIDTH / rows;
    }

    private double y(double score) {
      double share = (scaled(score) - low) / (high - low);
      return BOTTOM - Math.clamp(share, 0, 1) * (BOTTOM - TOP);
    }

    void span(StringBuilder svg, String kind, Run run, int top, int bottom) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
              kind,
              x(run.first()),
              top,
              Math.max(0.7, x(run.last() + 1) - x(run.first())),
              bottom - top));
    }

    /// A line through the lowest and the highest value of each column of pixels.
    void line(StringBuilder svg, String kind, double[] values) {
      StringBuilder path = new StringBuilder();
      char pen = 'M';
      for (int pixel = 0; pixel < WIDTH; pixel++) {
        int from = (int) ((long) pixel * rows / WIDTH);
        int to = Math.max(from + 1, (int) ((pixel + 1L) * rows / WIDTH));
        double[] known =
            Arrays.stream(values, from, Math.min(rows, to)).filter(Double::isFinite).toArray();
        if (known.length == 0) {
          pen = 'M';
          continue;
        }
        double least = Arrays.stream(known).min().orElseThrow();
        double most = Arrays.stream(known).max().orElseThrow();
        path.append(String.format(Locale.ROOT, "%c%d %.1f", pen, pixel, y(most)));
        if (most > least) {
          path.append(String.format(Locale.ROOT, "V%.1f", y(least)));
        }
        pen = 'L';
      }
      svg.append("<path class=\"%s\" d=\"%s\"/>%n".formatted(kind, path));
    }
  }
}
