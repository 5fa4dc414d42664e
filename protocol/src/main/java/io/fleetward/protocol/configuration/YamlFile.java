package io.fleetward.protocol.configuration;

import io.fleetward.protocol.configuration.YamlNode.Entry;
import io.fleetward.protocol.configuration.YamlNode.Mapping;
import io.fleetward.protocol.configuration.YamlNode.Place;
import io.fleetward.protocol.configuration.YamlNode.Scalar;
import io.fleetward.protocol.configuration.YamlNode.Sequence;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML into nodes that know their place. Anchors are followed; recursion, duplicate keys and
/// more than one document are problems.
public final class YamlFile {
  private static final int MAX_BYTES = 3_000_000;
  private static final int MAX_DEPTH = 64;
  private static final String TOO_DEEP =
      "is nested deeper than %d levels; flatten it".formatted(MAX_DEPTH);

  /// Aliases can make a small file stand for a huge one; what they stand for counts.
  private static final int MAX_NODES = 200_000;

  private final String file;
  private final Problems problems;
  private int nodes;

  /// Whether aliases have been found to nest too deeply; told once.
  private boolean deeper;

  private YamlFile(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /// Reads a file from disk.
  ///
  /// @return empty if it could not be read, or is empty; `problems` then says why
  public static Optional<YamlNode> read(Path path, Problems problems) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        problems.add(
            Problem.of(path.toString(), "is larger than %d bytes; split it".formatted(MAX_BYTES)));
        return Optional.empty();
      }
      return parse(path.toString(), Files.readString(path), problems);
    } catch (NoSuchFileException _) {
      problems.add(Problem.of(path.toString(), "no such file; create it or correct the path"));
    } catch (CharacterCodingException _) {
      problems.add(Problem.of(path.toString(), "is not UTF-8 text; save it as UTF-8"));
    } catch (IOException e) {
      problems.add(Problem.of(path.toString(), "cannot be read: " + e.getMessage()));
    }
    return Optional.empty();
  }

  /// Reads text that came from `file`.
  ///
  /// @return empty if it is not YAML or is empty; `problems` then says why
  public static Optional<YamlNode> parse(String file, String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setUseMarks(true)
            .setAllowDuplicateKeys(true)
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(50)
            .setSchema(new Untyped())
            .build();
    try {
      StreamReader reader = new StreamReader(settings, text);
      Parser events = new ShallowEvents(new ParserImpl(settings, reader), MAX_DEPTH);
      Optional<Node> root = new Composer(settings, events).getSingleNode();
      if (root.isEmpty()) {
        problems.add(Problem.of(file, "is empty; write at least one entry"));
      }
      YamlFile yaml = new YamlFile(file, problems);
      return root.map(node -> yaml.convert(node, 0)).filter(_ -> yaml.nodes <= MAX_NODES);
    } catch (ShallowEvents.TooDeepException e) {
      Place place = placeOf(file, e.start());
      problems.add(new Problem(file, place.line(), place.column(), TOO_DEEP));
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
      problems.add(
          new Problem(
              file,
              mark == null ? 0 : mark.getLine() + 1,
              mark == null ? 0 : mark.getColumn() + 1,
              "is not valid YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(Problem.of(file, "is not valid YAML: " + e.getMessage()));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // the engine trips over an escape that the end of the file cuts off
      problems.add(Problem.of(file, "is not valid YAML: a broken escape, " + e.getMessage()));
    }
    return Optional.empty();
  }

  private YamlNode convert(Node node, int depth) {
    Place place = placeOf(file, node.getStartMark());
    if (depth > MAX_DEPTH) {
      if (!deeper) {
        deeper = true;
        problems.add(new Problem(file, place.line(), place.column(), TOO_DEEP));
      }
      return new Scalar(place, "", true);
    }
    if (++nodes > MAX_NODES) {
      if (nodes == MAX_NODES + 1) {
        problems.add(
            new Problem(
                file,
                place.line(),
                place.column(),
                "has more than %d values, aliases counted; split it".formatted(MAX_NODES)));
      }
      return new Scalar(place, "", true);
    }
    return switch (node) {
      case ScalarNode scalar ->
          new Scalar(place, scalar.getValue(), Tag.NULL.equals(scalar.getTag()));
      case SequenceNode sequence -> {
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(convert(item, depth + 1));
        }
        yield new Sequence(place, items);
      }
      case MappingNode mapping -> convertMapping(mapping, place, depth);
      default -> throw new IllegalStateException("unknown YAML node " + node.getNodeType());
    };
  }

  private Mapping convertMapping(MappingNode mapping, Place place, int depth) {
    List<Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      YamlNode key = convert(tuple.getKeyNode(), depth + 1);
      if (nodes > MAX_NODES) {
        break;
      }
      if (!(key instanceof Scalar scalar)) {
        problems.at(key, "a key must be a single value, not %s".formatted(key.kind()));
      } else if (!seen.add(scalar.text())) {
        problems.at(key, "key \"%s\" comes twice; remove one".formatted(scalar.text()));
      } else {
        entries.add(new Entry(scalar, convert(tuple.getValueNode(), depth + 1)));
      }
    }
    return new Mapping(place, entries);
  }

  private static Place placeOf(String file, Optional<Mark> start) {
    return start
        .map(mark -> new Place(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElseGet(() -> new Place(file, 0, 0));
  }
}
