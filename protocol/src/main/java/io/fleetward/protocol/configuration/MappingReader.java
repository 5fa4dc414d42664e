package io.fleetward.protocol.configuration;

import io.fleetward.protocol.configuration.YamlNode.Entry;
import io.fleetward.protocol.configuration.YamlNode.Mapping;
import io.fleetward.protocol.configuration.YamlNode.Scalar;
import io.fleetward.protocol.configuration.YamlNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Takes the keys of one YAML mapping; what is missing, misspelt or of the wrong kind becomes a
/// problem with its place, and reading goes on. Confined to one thread.
///
/// Call [#rejectUnknownKeys] when all keys have been asked for.
public final class MappingReader {
  /// Narrower than Java's, which would read `30d` as 30.
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

  private final Mapping mapping;
  private final Problems problems;
  private final Set<String> asked = new HashSet<>();

  public MappingReader(Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  /// A reader of a node that has to be a mapping; of an empty one, with a problem, if it is not.
  public static MappingReader of(YamlNode node, Problems problems) {
    return new MappingReader(asMapping(node, problems), problems);
  }

  private static Mapping asMapping(YamlNode node, Problems problems) {
    if (node instanceof Mapping found) {
      return found;
    }
    problems.at(node, "expected a mapping of keys to values, found " + node.kind());
    return new Mapping(node.place(), List.of());
  }

  public Mapping mapping() {
    return mapping;
  }

  public Optional<YamlNode> node(String key) {
    asked.add(key);
    return mapping.value(key);
  }

  /// A text that must be there; empty, with a problem, if it is not.
  public String requiredText(String key) {
    Optional<String> value = text(key);
    if (value.isEmpty() && mapping.value(key).isEmpty()) {
      problems.at(mapping, "\"%s\" is missing; add it".formatted(key));
    }
    return value.orElse("");
  }

  public Optional<String> text(String key) {
    return node(key).flatMap(node -> asText(key, node));
  }

  private Optional<String> asText(String key, YamlNode node) {
    if (node instanceof Scalar scalar && !scalar.isNull()) {
      return Optional.of(scalar.text());
    }
    problems.at(node, "\"%s\" must be a single value, not %s".formatted(key, node.kind()));
    return Optional.empty();
  }

  public Optional<Duration> duration(String key) {
    return node(key)
        .flatMap(node ->
            asText(key, node)
                .flatMap(text -> {
                  Optional<Duration> parsed = PrometheusDuration.parse(text);
                  if (parsed.isEmpty()) {
                    problems.at(
                        node,
                        "\"%s\" is not a duration; write it like 30s, 5m or 1h30m".formatted(text));
                  }
                  return parsed;
                }));
  }

  /// A whole number within bounds, both inclusive.
  public Optional<Integer> integer(String key, int least, int most) {
    return node(key)
        .flatMap(node ->
            asText(key, node)
                .flatMap(text -> {
                  try {
                    int value = Integer.parseInt(text);
                    if (value >= least && value <= most) {
                      return Optional.of(value);
                    }
                  } catch (NumberFormatException _) {
                    // told below, together with numbers out of bounds
                  }
                  problems.at(
                      node,
                      "\"%s\" is \"%s\"; write a whole number from %d to %d"
                          .formatted(key, text, least, most));
                  return Optional.empty();
                }));
  }

  /// A number within bounds, both inclusive.
  public Optional<Double> number(String key, double least, double most) {
    return node(key)
        .flatMap(node ->
            asText(key, node)
                .flatMap(text -> {
                  if (NUMBER.matcher(text).matches()) {
                    double value = Double.parseDouble(text);
                    if (value >= least && value <= most) {
                      return Optional.of(value);
                    }
                  }
                  problems.at(
                      node,
                      "\"%s\" is \"%s\"; write a number from %s to %s"
                          .formatted(key, text, least, most));
                  return Optional.empty();
                }));
  }

  /// One of a fixed set of words, written in lower case with hyphens.
  public <E extends Enum<E>> Optional<E> word(String key, Class<E> words) {
    return node(key)
        .flatMap(node ->
            asText(key, node)
                .flatMap(text -> {
                  for (E constant : words.getEnumConstants()) {
                    if (wordOf(constant).equals(text)) {
                      return Optional.of(constant);
                    }
                  }
                  problems.at(
                      node,
                      "\"%s\" is \"%s\"; write one of %s".formatted(key, text, wordsOf(words)));
                  return Optional.empty();
                }));
  }

  private static <E extends Enum<E>> String wordsOf(Class<E> words) {
    return List.of(words.getEnumConstants()).stream()
        .map(MappingReader::wordOf)
        .collect(Collectors.joining(", "));
  }

  private static String wordOf(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /// A mapping of texts; empty if the key is absent.
  public Map<String, String> texts(String key) {
    Map<String, String> result = new LinkedHashMap<>();
    node(key)
        .ifPresent(node -> {
          for (Entry entry : asMapping(node, problems).entries()) {
            asText(entry.key().text(), entry.value())
                .ifPresent(text -> result.put(entry.key().text(), text));
          }
        });
    return result;
  }

  /// A list of texts; empty if the key is absent.
  public List<String> textList(String key) {
    List<String> result = new ArrayList<>();
    for (YamlNode item : items(key)) {
      asText(key, item).ifPresent(result::add);
    }
    return result;
  }

  /// The items of a list; empty if the key is absent.
  public List<YamlNode> items(String key) {
    return node(key)
        .map(node -> {
          if (node instanceof Sequence sequence) {
            return sequence.items();
          }
          problems.at(node, "\"%s\" must be a list, not %s".formatted(key, node.kind()));
          return List.<YamlNode>of();
        })
        .orElse(List.of());
  }

  /// A reader of a nested mapping.
  public Optional<MappingReader> nested(String key) {
    return node(key).map(node -> of(node, problems));
  }

  /// Makes a problem of each key that nobody asked for.
  public void rejectUnknownKeys() {
    for (Entry entry : mapping.entries()) {
      if (!asked.contains(entry.key().text())) {
        problems.at(
            entry.key(),
            "unknown key \"%s\"; known here: %s"
                .formatted(
                    entry.key().text(), asked.stream().sorted().collect(Collectors.joining(", "))));
      }
    }
  }
}
