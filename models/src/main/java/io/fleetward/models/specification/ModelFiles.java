package io.fleetward.models.specification;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlFile;
import io.fleetward.protocol.configuration.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads model files; all problems of all files are told together.
public final class ModelFiles {
  private final Problems problems;
  private final Function<String, Optional<String>> unreadable;
  private final List<ModelSpecification> models = new ArrayList<>();
  private final Map<String, YamlNode> placeOfName = new HashMap<>();
  private final Map<String, YamlNode> placeOfSeries = new HashMap<>();
  private @Nullable YamlNode placeOfKinds;

  private ModelFiles(Problems problems, Function<String, Optional<String>> unreadable) {
    this.problems = problems;
    this.unreadable = unreadable;
  }

  /// Reads files, and the `*.yaml` and `*.yml` files of folders and of the folders below them.
  ///
  /// @throws InvalidConfigurationException with every problem of every file
  public static List<ModelSpecification> load(List<Path> paths) {
    Problems problems = new Problems();
    List<ModelSpecification> models = read(paths, problems, _ -> Optional.empty());
    problems.throwIfAny();
    return models;
  }

  /// The same; what is wrong goes to `problems`, and then the models are not for use.
  ///
  /// @param unreadable why no model can read a series, and what to do; empty if one can
  public static List<ModelSpecification> read(
      List<Path> paths, Problems problems, Function<String, Optional<String>> unreadable) {
    var files = new ModelFiles(problems, unreadable);
    for (Path path : paths) {
      files.readFileOrFolder(path);
    }
    return List.copyOf(files.models);
  }

  private void readFileOrFolder(Path path) {
    if (!Files.isDirectory(path)) {
      read(path);
      return;
    }
    try (Stream<Path> below = Files.walk(path)) {
      below.filter(ModelFiles::isYaml).sorted().forEach(this::read);
    } catch (IOException e) {
      problems.add(Problem.of(path.toString(), "cannot be read: " + e.getMessage()));
    }
  }

  private static boolean isYaml(Path path) {
    String file = path.toString();
    return Files.isRegularFile(path) && (file.endsWith(".yaml") || file.endsWith(".yml"));
  }

  private void read(Path path) {
    YamlFile.read(path, problems)
        .ifPresent(root -> {
          MappingReader reader = MappingReader.of(root, problems);
          if (reader.node("models").isEmpty()) {
            problems.at(root, "\"models\" is missing; list the models below it");
          }
          for (YamlNode item : reader.items("models")) {
            new ModelReader(item, problems, unreadable).read().ifPresent(model -> add(model, item));
          }
          reader.rejectUnknownKeys();
        });
  }

  private void add(ModelSpecification model, YamlNode item) {
    rejectSecond(placeOfName, "model", model.name(), item);
    if (model instanceof ModelSpecification.Ensemble ensemble && ensemble.kinds() != null) {
      YamlNode first = placeOfKinds;
      if (first == null) {
        placeOfKinds = item;
      } else {
        problems.at(
            item,
            "kinds of faults are told by the model at %s:%d already; remove \"kinds\" from one"
                .formatted(first.place().file(), first.place().line()));
      }
    }
    for (String series : model.written()) {
      rejectSecond(placeOfSeries, "series", series, item);
    }
    models.add(model);
  }

  private void rejectSecond(Map<String, YamlNode> places, String kind, String name, YamlNode item) {
    YamlNode first = places.putIfAbsent(name, item);
    if (first != null) {
      problems.at(
          item,
          "%s \"%s\" is already defined at %s:%d; rename one"
              .formatted(kind, name, first.place().file(), first.place().line()));
    }
  }
}
