package io.fleetward.models.table;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A CSV file with a header, read row by row; compressed by gzip if it begins so. Confined to one
/// thread.
///
/// A field may stand in double quotes; a row is one line.
public final class CsvTable implements AutoCloseable {
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final BufferedReader reader;
  private final List<String> columns;
  private List<String> fields = List.of();
  private long line;

  private CsvTable(Path file, BufferedReader reader) {
    this.file = file;
    this.reader = reader;
    this.columns = header();
  }

  /// Opens a file and reads its header.
  ///
  /// @throws BadTableException if the file cannot be read, the header is missing, or a name in it
  ///   is missing or comes twice
  public static CsvTable open(Path file) {
    if (!Files.exists(file)) {
      throw new BadTableException("%s: no such file".formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new BadTableException("%s: a folder; name a file in it".formatted(file));
    }
    try {
      BufferedReader reader = reader(file);
      try {
        return new CsvTable(file, reader);
      } catch (BadTableException e) {
        reader.close();
        throw e;
      }
    } catch (IOException e) {
      throw new BadTableException("%s: cannot be read (%s)".formatted(file, reason(e)));
    }
  }

  private static BufferedReader reader(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    try {
      bytes.mark(2);
      boolean packed = ((bytes.read() << 8) | bytes.read()) == GZIP_MAGIC;
      bytes.reset();
      InputStream plain = packed ? new GZIPInputStream(bytes, BUFFER) : bytes;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), BUFFER);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static String reason(IOException e) {
    return e instanceof EOFException
        ? "its compressed data end too early"
        : "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
  }

  private List<String> header() {
    String text = read();
    if (text == null || text.isBlank()) {
      throw new BadTableException(
          "%s:1: %s; the first line names the columns"
              .formatted(file, text == null ? "the file is empty" : "the line is empty"));
    }
    List<String> names =
        split(text.startsWith("\uFEFF") ? text.substring(1) : text).stream()
            .map(String::strip)
            .toList();
    Set<String> seen = new HashSet<>();
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      if (name.isEmpty()) {
        throw new BadTableException(
            "%s:1: column %d has no name; give it one".formatted(file, column + 1));
      }
      if (!seen.add(name)) {
        throw new BadTableException(
            "%s:1: column \"%s\" comes twice, the second time as column %d; rename one"
                .formatted(file, name, column + 1));
      }
    }
    return names;
  }

  /// The names of all columns, in order.
  public List<String> columns() {
    return columns;
  }

  /// The line of the current row; the header is line 1.
  public long line() {
    return line;
  }

  public Path file() {
    return file;
  }

  /// Steps to the next row.
  ///
  /// @return false at the end
  /// @throws BadTableException if the row has not as many fields as the header
  public boolean next() {
    String text = read();
    if (text == null) {
      return false;
    }
    if (text.isEmpty()) {
      skipEmptyEnd();
      return false;
    }
    fields = split(text);
    if (fields.size() != columns.size()) {
      throw new BadTableException(
          "%s:%d: %d fields, but the header has %d columns; %s"
              .formatted(
                  file,
                  line,
                  fields.size(),
                  columns.size(),
                  fields.size() < columns.size()
                      ? "the first without a value is \"%s\"".formatted(columns.get(fields.size()))
                      : "the first too many is \"%s\"".formatted(fields.get(columns.size()))));
    }
    return true;
  }

  private @Nullable String read() {
    try {
      String text = reader.readLine();
      if (text != null) {
        line++;
      }
      return text;
    } catch (IOException e) {
      throw new BadTableException(
          "%s:%d: cannot be read further (%s)".formatted(file, line + 1, reason(e)));
    }
  }

  /// Empty lines may only end a file.
  private void skipEmptyEnd() {
    long empty = line;
    for (String text = read(); text != null; text = read()) {
      if (!text.isEmpty()) {
        throw new BadTableException(
            "%s:%d: the line is empty, but rows follow; remove it".formatted(file, empty));
      }
    }
  }

  /// The text of the current row in a column.
  public String text(int column) {
    return fields.get(column).strip();
  }

  /// The number of the current row in a column; NaN where the field is empty.
  ///
  /// @throws BadTableException if it is not a number
  public double number(int column) {
    String text = text(column);
    if (text.isEmpty()) {
      return Double.NaN;
    }
    char last = text.charAt(text.length() - 1);
    // Java would take 0x1p3 and 2f, too.
    if (((last >= '0' && last <= '9') || last == '.')
        && text.indexOf('x') < 0
        && text.indexOf('X') < 0) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException _) {
        // Told below, as everything else that is no number.
      }
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw bad(column, "\"%s\" is not a number".formatted(text));
    };
  }

  /// A complaint about the current row in a column.
  ///
  /// @param reason why it cannot be used, and what to do
  public BadTableException bad(int column, String reason) {
    return new BadTableException(
        "%s:%d: column \"%s\": %s".formatted(file, line, columns.get(column), reason));
  }

  private List<String> split(String text) {
    return text.indexOf('"') < 0 ? List.of(text.split(",", -1)) : splitQuoted(text);
  }

  private List<String> splitQuoted(String text) {
    List<String> found = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        found.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw new BadTableException(
          "%s:%d: a quote does not end; a row is one line".formatted(file, line));
    }
    found.add(field.toString());
    return List.copyOf(found);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be closed".formatted(file), e);
    }
  }
}
