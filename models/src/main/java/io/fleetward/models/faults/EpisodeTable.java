package io.fleetward.models.faults;

import io.fleetward.models.faults.Episode.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Episodes as CSV: `kind,program,intensity,run`, then the deviation of each feature in units;
/// empty for 0.
public final class EpisodeTable {
  private static final String SHIPPED = "episodes.csv";
  private static final List<String> LEADING = List.of("kind", "program", "intensity", "run");

  private EpisodeTable() {}

  /// The episodes that the shipped model is trained on.
  public static List<Episode> shipped() {
    try (InputStream in = EpisodeTable.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException(SHIPPED + " is missing from the jar");
      }
      return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Deviations keep three digits.
  public static String write(List<Episode> episodes) {
    StringBuilder text = new StringBuilder(String.join(",", header())).append('\n');
    for (Episode each : episodes) {
      Origin origin = each.origin();
      text.append(each.kind().text());
      text.append(',').append(origin.program()).append(',').append(number(origin.intensity()));
      text.append(',').append(origin.run());
      for (int i = 0; i < FaultFeatures.count(); i++) {
        text.append(',').append(number(each.deviation(i)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3g", value);
    double rounded = Double.parseDouble(text);
    if (rounded == 0) {
      return "";
    }
    return rounded == Math.rint(rounded) ? "" + (long) rounded : "" + (float) rounded;
  }

  private static List<String> header() {
    List<String> header = new ArrayList<>(LEADING);
    header.addAll(FaultFeatures.series());
    return header;
  }

  /// @throws IOException if it cannot be read or is no such table; the message says the line
  public static List<Episode> read(BufferedReader in) throws IOException {
    String first = in.readLine();
    if (first == null || !Arrays.asList(first.split(",", -1)).equals(header())) {
      throw new IOException(
          "1: the columns have to be %s; make the table again with this version"
              .formatted(header().stream().collect(Collectors.joining(","))));
    }
    List<Episode> episodes = new ArrayList<>();
    int number = 1;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      try {
        episodes.add(episode(line.split(",", -1)));
      } catch (IllegalArgumentException e) {
        throw new IOException("%d: %s".formatted(number, e.getMessage()), e);
      }
    }
    return List.copyOf(episodes);
  }

  private static Episode episode(String[] fields) {
    int leading = LEADING.size();
    if (fields.length != leading + FaultFeatures.count()) {
      throw new IllegalArgumentException(
          "%d fields instead of %d".formatted(fields.length, leading + FaultFeatures.count()));
    }
    FaultKind kind =
        FaultKind.of(fields[0])
            .orElseThrow(() -> new IllegalArgumentException("no kind \"" + fields[0] + "\""));
    double[] deviations = new double[FaultFeatures.count()];
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = value(fields[leading + i]);
    }
    return new Episode(kind, new Origin(fields[1], value(fields[2]), fields[3]), deviations);
  }

  private static double value(String field) {
    return field.isEmpty() ? 0 : Double.parseDouble(field);
  }
}
