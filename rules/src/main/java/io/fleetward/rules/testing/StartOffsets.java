package io.fleetward.rules.testing;

import io.fleetward.rules.language.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Since when a counter has counted at each of its samples, in milliseconds after the sample, as
/// tests write it: `_ -1m -30s-1mx2 *x3`.
///
/// @param isRepeated whether the offsets begin anew where they end
record StartOffsets(List<OptionalLong> offsets, boolean isRepeated) {
  private static final String DURATION = "[+-]?[0-9]+(?:[a-wyz]+)?";
  private static final Pattern ITEM =
      Pattern.compile(
          "(?<first>_|\\*|%1$s)(?<step>[+-]%1$s)?(?:x(?<times>[0-9]{1,7}))?".formatted(DURATION));

  private static final Pattern SPACE = Pattern.compile("\\s+");

  StartOffsets {
    offsets = List.copyOf(offsets);
  }

  /// @throws InvalidTestException if the text is no such notation
  static StartOffsets parse(String text) {
    List<OptionalLong> offsets = new ArrayList<>();
    long last = 0;
    for (String word : SPACE.splitAsStream(text.strip()).toList()) {
      Matcher item = ITEM.matcher(word);
      if (!item.matches()) {
        throw new InvalidTestException(
            "\"%s\" is no start time; write _, -1m, -1mx3, -30s-1mx3 or *".formatted(word));
      }
      int times = item.group("times") == null ? 0 : Integer.parseInt(item.group("times"));
      boolean isGap = item.group("first").equals("_");
      last = isGap || item.group("first").equals("*") ? last : millis(item.group("first"));
      long step = item.group("step") == null ? 0 : millis(item.group("step"));
      int count = isGap && item.group("times") != null ? times : times + 1;
      for (int i = 0; i < count; i++) {
        last += i == 0 ? 0 : step;
        offsets.add(isGap ? OptionalLong.empty() : OptionalLong.of(last));
      }
    }
    return new StartOffsets(offsets, false);
  }

  private static long millis(String duration) {
    boolean isNegative = duration.startsWith("-");
    String unsigned = duration.replaceFirst("^[+-]+", "");
    long millis =
        unsigned.equals("0")
            ? 0
            : Numbers.duration(unsigned)
                .orElseThrow(() ->
                    new InvalidTestException(
                        "\"%s\" is no duration; write it like 5m".formatted(duration)));
    return isNegative ? -millis : millis;
  }

  /// The same offsets over and over.
  StartOffsets repeated() {
    return new StartOffsets(offsets, true);
  }

  /// The offset of a sample, by its position from 0.
  OptionalLong at(int position) {
    if (isRepeated && !offsets.isEmpty()) {
      return offsets.get(position % offsets.size());
    }
    return position < offsets.size() ? offsets.get(position) : OptionalLong.empty();
  }
}
