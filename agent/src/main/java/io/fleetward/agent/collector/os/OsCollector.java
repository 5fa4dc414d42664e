package io.fleetward.agent.collector.os;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.RememberedText;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `node_os_info{id,name,version,…}` and `node_os_version{id,id_like,name}`.
public final class OsCollector implements Collector {
  private static final List<String> INFO_KEYS =
      List.of(
          "BUILD_ID",
          "ID",
          "ID_LIKE",
          "IMAGE_ID",
          "IMAGE_VERSION",
          "NAME",
          "PRETTY_NAME",
          "VARIANT",
          "VARIANT_ID",
          "VERSION",
          "VERSION_CODENAME",
          "VERSION_ID");
  private static final List<String> VERSION_KEYS = List.of("ID", "ID_LIKE", "NAME");
  private static final Pattern LINE = Pattern.compile("(?m)^([A-Z0-9_]+)=([\"']?)(.*?)\\2[ \t]*$");
  private static final Pattern NUMBER = Pattern.compile("^\\d+(\\.\\d+)?");

  private final Folder root;
  private final SeriesTable table;
  private final RememberedText release = new RememberedText();
  private List<Slot> info = List.of();
  private List<Slot> version = List.of();
  private double versionNumber;

  public OsCollector(HostPaths paths, SeriesTable table) {
    this.root = Folder.at(paths.rootfs());
    this.table = table;
  }

  @Override
  public String name() {
    return "os";
  }

  @Override
  public void collect() {
    Fields text = root.read("etc/os-release");
    if (text.isEmpty()) {
      text = root.read("usr/lib/os-release");
    }
    if (release.hasChanged(text)) {
      understand(text.wholeText());
    }
    for (int i = 0; i < info.size(); i++) {
      info.get(i).set(1);
    }
    for (int i = 0; i < version.size(); i++) {
      version.get(i).set(versionNumber);
    }
  }

  private void understand(String text) {
    Map<String, String> values = new TreeMap<>();
    Matcher lines = LINE.matcher(text);
    while (lines.find()) {
      values.put(lines.group(1), lines.group(3).replaceAll("\\\\(.)", "$1"));
    }
    info = values.isEmpty() ? List.of() : List.of(slot("node_os_info", values, INFO_KEYS));
    version = List.of();
    Matcher number = NUMBER.matcher(values.getOrDefault("VERSION_ID", ""));
    if (number.find()) {
      version = List.of(slot("node_os_version", values, VERSION_KEYS));
      versionNumber = Double.parseDouble(number.group());
    }
  }

  private Slot slot(String metric, Map<String, String> values, List<String> keys) {
    String[] labels = new String[2 * keys.size()];
    for (int i = 0; i < keys.size(); i++) {
      labels[2 * i] = keys.get(i).toLowerCase(Locale.ROOT);
      labels[2 * i + 1] = values.getOrDefault(keys.get(i), "");
    }
    return table.slot(metric, labels);
  }
}
