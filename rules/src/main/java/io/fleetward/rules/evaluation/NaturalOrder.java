package io.fleetward.rules.evaluation;

/// The order in which `node-9` comes before `node-10`.
final class NaturalOrder {
  private NaturalOrder() {}

  static int compare(String left, String right) {
    int l = 0;
    int r = 0;
    while (l < left.length() && r < right.length()) {
      boolean bothDigits = isDigit(left.charAt(l)) && isDigit(right.charAt(r));
      if (bothDigits) {
        int leftEnd = numberEnd(left, l);
        int rightEnd = numberEnd(right, r);
        int order = compareNumbers(left.substring(l, leftEnd), right.substring(r, rightEnd));
        if (order != 0) {
          return order;
        }
        l = leftEnd;
        r = rightEnd;
      } else if (left.charAt(l) != right.charAt(r)) {
        return Character.compare(left.charAt(l), right.charAt(r));
      } else {
        l++;
        r++;
      }
    }
    return Integer.compare(left.length() - l, right.length() - r);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int numberEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int compareNumbers(String left, String right) {
    String a = left.replaceFirst("^0+", "");
    String b = right.replaceFirst("^0+", "");
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }
}
