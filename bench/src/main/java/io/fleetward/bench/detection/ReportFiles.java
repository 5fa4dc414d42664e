package io.fleetward.bench.detection;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where a report is kept: `F.json`, and beside it `F.md` and a plot `F-SET.svg` for each set.
record ReportFiles(Path json) {

  /// @throws IOException if a file cannot be written
  void write(DetectionReport report, List<Plot> plots) throws IOException {
    Files.writeString(json, json(report) + "\n");
    Files.writeString(beside(".md"), report.markdown());
    for (Plot plot : plots) {
      Files.writeString(beside("-" + plot.title().replace(' ', '-') + ".svg"), plot.svg());
    }
  }

  private Path beside(String ending) {
    String name = String.valueOf(json.getFileName());
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    return json.resolveSibling(stem + ending);
  }

  /// JSON has no infinities and no NaN: they become null.
  static String json(DetectionReport report) throws IOException {
    SimpleModule numbers = new SimpleModule();
    numbers.addSerializer(double.class, new FiniteNumbers());
    numbers.addSerializer(Double.class, new FiniteNumbers());
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .addModule(numbers)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(report);
  }

  private static final class FiniteNumbers extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        out.writeNumber(value.doubleValue());
      } else {
        out.writeNull();
      }
    }
  }
}
