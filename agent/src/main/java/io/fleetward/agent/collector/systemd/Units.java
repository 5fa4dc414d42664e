package io.fleetward.agent.collector.systemd;

import io.fleetward.agent.dbus.MalformedMessageException;
import io.fleetward.agent.dbus.Values;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.InfoSeries;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What systemd has said about itself and its units. Confined to the collecting thread.
final class Units {
  private static final Pattern EXCLUDED =
      Pattern.compile(".+\\.(automount|device|mount|scope|slice|target)");

  private static final List<String> RARE_STATES = List.of("reloading", "maintenance");
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

  private final Fields name = new Fields("a unit's name");
  private final Fields load = new Fields("a unit's load state");
  private final Fields active = new Fields("a unit's state");
  private final Fields path = new Fields("a unit's path");
  private final Fields skipped = new Fields("a unit");
  private final Fields version = new Fields("systemd's version");

  private final Keyed<Optional<Unit>> byName;
  private final List<Slot> countSlots;
  private final int[] counts;
  private final List<Unit> told = new ArrayList<>();
  private final Slot running;
  private final InfoSeries versionInfo;
  private final Question list = Question.ofManager("ListUnits", this::takeList);
  private final Question systemState =
      Question.ofManagerProperty("SystemState", this::takeSystemState);
  private final Question systemVersion = Question.ofManagerProperty("Version", this::takeVersion);
  private double versionNumber;
  private boolean isRunning;

  Units(SeriesTable table) {
    this.byName =
        new Keyed<>(unit ->
            EXCLUDED.matcher(unit).matches()
                ? Optional.empty()
                : Optional.of(new Unit(table, unit)));
    List<String> states = new ArrayList<>(Unit.STATES);
    states.addAll(RARE_STATES);
    this.countSlots =
        states.stream().map(state -> table.slot("node_systemd_units", "state", state)).toList();
    this.counts = new int[states.size()];
    this.running = table.slot("node_systemd_system_running");
    this.versionInfo = new InfoSeries(table, "node_systemd_version", new String[0], "version");
  }

  /// What is asked once over a connection.
  List<Question> questionsAtFirst(boolean hasBus) {
    List<Question> questions = new ArrayList<>();
    if (hasBus) {
      questions.add(Question.forSignalsOfServices());
    }
    questions.add(Question.ofManager("Subscribe", _ -> {}));
    questions.add(systemVersion);
    return questions;
  }

  /// Asks what has to be asked for each scrape.
  void ask(Conversation conversation, long deadline) throws IOException {
    conversation.ask(list, deadline);
    conversation.ask(systemState, deadline);
    for (int i = 0; i < told.size(); i++) {
      told.get(i).askEachTime(conversation, deadline);
    }
  }

  /// Asks what the answers have made worth asking.
  void askWhatChanged(Conversation conversation, long deadline) throws IOException {
    for (int i = 0; i < told.size(); i++) {
      told.get(i).askIfChanged(conversation, deadline);
    }
  }

  /// Hears that an object has changed.
  void changed(Fields changedPath) {
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i).isAt(changedPath)) {
        told.get(i).changed();
      }
    }
  }

  private void takeList(Values values) throws MalformedMessageException {
    Arrays.fill(counts, 0);
    told.clear();
    int end = values.nextArray();
    while (values.isBefore(end)) {
      values.nextStructure();
      values.nextText(name);
      values.nextText(skipped); // description
      values.nextText(load);
      values.nextText(active);
      values.nextText(skipped); // state in its kind's own words
      values.nextText(skipped); // unit that it follows
      values.nextText(path);
      values.nextUnsignedInt(); // job
      values.nextText(skipped); // the job's type
      values.nextText(skipped); // the job's path
      takeUnit();
    }
    byName.forgetUnseen();
  }

  private void takeUnit() {
    int place = 0;
    while (place < counts.length && !active.is(state(place))) {
      place++;
    }
    if (place < counts.length) {
      counts[place]++;
    }
    Optional<Unit> unit = byName.get(name);
    if (unit.isPresent() && load.is("loaded")) {
      unit.get().take(active, path);
      told.add(unit.get());
    }
  }

  private static String state(int place) {
    int common = Unit.STATES.size();
    return place < common ? Unit.STATES.get(place) : RARE_STATES.get(place - common);
  }

  private void takeSystemState(Values values) throws MalformedMessageException {
    Question.enter(values, 's');
    values.nextText(skipped);
    isRunning = skipped.is("running");
  }

  /// Such as `252.36-1~deb12u1`: the number is 252.36.
  private void takeVersion(Values values) throws MalformedMessageException {
    Question.enter(values, 's');
    values.nextText(version);
    versionInfo.begin().text(version);
    String text = version.text();
    Matcher number = NUMBER.matcher(text);
    versionNumber = number.find() ? Double.parseDouble(number.group()) : 0;
  }

  void tell() {
    running.set(isRunning ? 1 : 0);
    versionInfo.tell(versionNumber);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0 || i < Unit.STATES.size()) {
        countSlots.get(i).set(counts[i]);
      }
    }
    for (int i = 0; i < told.size(); i++) {
      told.get(i).tell();
    }
  }
}
