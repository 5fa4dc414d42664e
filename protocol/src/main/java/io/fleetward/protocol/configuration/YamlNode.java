package io.fleetward.protocol.configuration;

import java.util.List;
import java.util.Optional;

/// A value of a YAML file that knows its place.
public sealed interface YamlNode {
  Place place();

  /// Where a value starts; lines and columns count from 1.
  record Place(String file, int line, int column) {}

  /// A scalar as it was written, without its quotes; YAML's typing is left to who reads it.
  ///
  /// @param isNull whether it is an unquoted `null`, `~` or nothing
  record Scalar(Place place, String text, boolean isNull) implements YamlNode {}

  record Sequence(Place place, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  record Mapping(Place place, List<Entry> entries) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    public Optional<YamlNode> value(String key) {
      for (Entry entry : entries) {
        if (entry.key().text().equals(key)) {
          return Optional.of(entry.value());
        }
      }
      return Optional.empty();
    }
  }

  record Entry(Scalar key, YamlNode value) {}

  /// What a person would call this kind of value.
  default String kind() {
    return switch (this) {
      case Scalar s -> s.isNull() ? "nothing" : "a single value";
      case Sequence _ -> "a list";
      case Mapping _ -> "a mapping";
    };
  }
}
