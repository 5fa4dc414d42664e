package io.fleetward.bench.detection;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetward.bench.causes.CauseResults;
import io.fleetward.bench.detection.SeriesSource.Interpretation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The folder with labelled data, a folder for each set.
record DetectionData(Path folder) {
  private static final String TEST = ".test.csv.gz";
  private static final String INTERP = ".interp.txt";
  private static final String TRAIN = ".train.csv.gz";
  private static final long MINUTE = 60;
  private static final long FIVE_MINUTES = 300;

  /// Beside the source folder, or where `-Dfleetward.data` says.
  static DetectionData standard() {
    Path home = Path.of(System.getProperty("fleetward.home", "..")).toAbsolutePath().normalize();
    return new DetectionData(
        Path.of(System.getProperty("fleetward.data", home + "/../shared/data")).normalize());
  }

  /// All series of a set, by name; empty if its folder is not there.
  List<SeriesSource> series(DetectionSet set) {
    return switch (set) {
      case SMD ->
          trained(set, "smd", MINUTE).stream()
              .map(series ->
                  series.with(
                      new Interpretation(folder.resolve("smd/" + series.name() + INTERP), false)))
              .toList();
      case ASD ->
          trained(set, "asd", FIVE_MINUTES).stream()
              .map(series ->
                  series.with(
                      new Interpretation(folder.resolve("asd/" + series.name() + INTERP), true)))
              .toList();
      case SERVICES2 -> trained(set, "services/dataset2", FIVE_MINUTES);
      case SERVICES3 -> trained(set, "services/dataset3", FIVE_MINUTES);
      case KPI -> trained(set, "kpi", MINUTE);
      case NAB -> nab();
      case NEZHA, PETSHOP -> List.of();
    };
  }

  /// What a set says about causes; empty for sets of series, or if the folder is not there.
  Optional<CauseResults> causes(DetectionSet set, Consumer<String> progress) {
    Path in = folder.resolve(set.key());
    if (!Files.isDirectory(in)) {
      return Optional.empty();
    }
    return switch (set) {
      case NEZHA -> Optional.of(CauseResults.nezha(in, progress));
      case PETSHOP -> Optional.of(CauseResults.petshop(in, progress));
      case SMD, ASD, SERVICES2, SERVICES3, KPI, NAB -> Optional.empty();
    };
  }

  private List<SeriesSource> trained(DetectionSet set, String path, long interval) {
    Path in = folder.resolve(path);
    return names(in).stream()
        .filter(name -> name.endsWith(TEST))
        .map(name -> name.substring(0, name.length() - TEST.length()))
        .map(name ->
            SeriesSource.trained(
                set.key(), name, in.resolve(name + TEST), in.resolve(name + TRAIN), interval))
        .toList();
  }

  private List<SeriesSource> nab() {
    Path labels = folder.resolve("nab/labels/combined_windows.json");
    if (!Files.isRegularFile(labels)) {
      return List.of();
    }
    JsonNode windows = Labels.windows(labels);
    List<SeriesSource> series = new ArrayList<>();
    windows
        .fieldNames()
        .forEachRemaining(name -> {
          Path file = folder.resolve("nab/data").resolve(name);
          if (Files.isRegularFile(file)) {
            series.add(
                new SeriesSource(
                    DetectionSet.NAB.key(),
                    name,
                    file,
                    Optional.empty(),
                    FIVE_MINUTES,
                    Optional.empty(),
                    Optional.of(Labels.windows(windows.get(name), file))));
          }
        });
    return series;
  }

  private static List<String> names(Path in) {
    if (!Files.isDirectory(in)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(in)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be listed".formatted(in), e);
    }
  }

  /// Why a set is not measured.
  String absence(DetectionSet set) {
    return "no %s in %s; name its folder with --data"
        .formatted(set.key(), folder.toAbsolutePath().normalize());
  }
}
