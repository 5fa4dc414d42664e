package io.fleetward.protocol.labels;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// One step that changes or drops a series by its labels, as an entry of Prometheus'
/// `relabel_configs` does. Immutable.
public final class RelabelRule {
  /// What a rule does; the words are Prometheus'.
  public enum Action {
    REPLACE,
    KEEP,
    DROP,
    KEEPEQUAL,
    DROPEQUAL,
    HASHMOD,
    LABELMAP,
    LABELDROP,
    LABELKEEP,
    LOWERCASE,
    UPPERCASE
  }

  public static final String DEFAULT_SEPARATOR = ";";
  public static final String DEFAULT_EXPRESSION = "(.*)";
  public static final String DEFAULT_REPLACEMENT = "$1";

  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final Action action;
  private final List<String> sources;
  private final String separator;
  private final Pattern expression;
  private final String replacement;
  private final String target;
  private final long modulus;

  /// @param sources labels whose values, joined by the separator, the rule looks at
  /// @param expression in RE2, anchored at both ends
  /// @param replacement with `$1` or `${name}` for what the groups matched
  /// @param target the label that is set; needed where the action sets or compares one
  /// @param modulus of the hash; needed by `hashmod`
  /// @throws IllegalArgumentException if the expression is none, or something needed is missing
  public RelabelRule(
      Action action,
      List<String> sources,
      String separator,
      String expression,
      String replacement,
      String target,
      long modulus) {
    this.action = action;
    this.sources = List.copyOf(sources);
    this.separator = separator;
    this.replacement = replacement;
    this.target = target;
    this.modulus = modulus;
    try {
      this.expression = Re2Expression.compile(expression, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"%s\" is not a valid RE2 expression: %s".formatted(expression, e.getDescription()), e);
    }
    boolean needsTarget =
        switch (action) {
          case REPLACE, HASHMOD, LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL -> true;
          case KEEP, DROP, LABELMAP, LABELDROP, LABELKEEP -> false;
        };
    String word = action.name().toLowerCase(Locale.ROOT);
    if (needsTarget && target.isEmpty()) {
      throw new IllegalArgumentException("action %s needs a target_label".formatted(word));
    }
    if (action == Action.HASHMOD && modulus < 1) {
      throw new IllegalArgumentException("action hashmod needs a modulus of at least 1");
    }
  }

  /// The labels after this rule; empty if the series is to be dropped.
  public Optional<Labels> apply(Labels labels) {
    String value = sources.stream().map(labels::value).collect(Collectors.joining(separator));
    return switch (action) {
      case REPLACE -> Optional.of(replace(labels, value));
      case KEEP -> Optional.of(labels).filter(_ -> expression.matches(value));
      case DROP -> Optional.of(labels).filter(_ -> !expression.matches(value));
      case KEEPEQUAL -> Optional.of(labels).filter(_ -> labels.value(target).equals(value));
      case DROPEQUAL -> Optional.of(labels).filter(_ -> !labels.value(target).equals(value));
      case HASHMOD -> Optional.of(labels.with(target, Long.toString(hash(value))));
      case LABELMAP -> Optional.of(map(labels));
      case LABELDROP -> Optional.of(labels.without(matching(labels, true)));
      case LABELKEEP -> Optional.of(labels.without(matching(labels, false)));
      case LOWERCASE -> Optional.of(labels.with(target, value.toLowerCase(Locale.ROOT)));
      case UPPERCASE -> Optional.of(labels.with(target, value.toUpperCase(Locale.ROOT)));
    };
  }

  /// An empty result removes the label, as Prometheus has it; a name that is none changes nothing.
  private Labels replace(Labels labels, String value) {
    Matcher matcher = expression.matcher(value);
    if (!matcher.matches()) {
      return labels;
    }
    String name = Replacement.expand(target, matcher);
    if (!LABEL_NAME.matches(name)) {
      return labels;
    }
    String result = Replacement.expand(replacement, matcher);
    return result.isEmpty() ? labels.without(name) : labels.with(name, result);
  }

  private Labels map(Labels labels) {
    Labels mapped = labels;
    SortedMap<String, String> all = labels.toMap();
    for (var label : all.entrySet()) {
      Matcher matcher = expression.matcher(label.getKey());
      if (matcher.matches()) {
        mapped = mapped.with(Replacement.expand(replacement, matcher), label.getValue());
      }
    }
    return mapped;
  }

  private List<String> matching(Labels labels, boolean wanted) {
    return labels.toMap().keySet().stream()
        .filter(name -> expression.matches(name) == wanted)
        .toList();
  }

  /// The last eight bytes of the MD5 as an unsigned number, modulo the modulus.
  private long hash(String value) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, java.util.Arrays.copyOfRange(digest, 8, 16))
          .mod(BigInteger.valueOf(modulus))
          .longValueExact();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
