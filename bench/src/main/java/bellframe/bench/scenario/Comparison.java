package bellframe.bench.scenario;

import bellframe.bench.scenario.Scenario.Prepared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs of one scenario on one or more subjects.
///
/// @param runs by the subject's name; the first is the one that the others are there for
record Comparison(String title, String times, List<Figure> figures, Map<String, List<Run>> runs) {

    /// Measures in turn, so that what changes on the machine changes for all.
    ///
    /// @param subjects the first sets the pace; the others are what it is compared with
    static Comparison of(Scenario scenario, List<? extends Subject> subjects, int runs) {
        Map<String, Prepared> prepared = new LinkedHashMap<>();
        try {
            for (Subject subject : subjects) {
                prepared.put(subject.name(), scenario.prepare(subject));
            }
            return of(scenario, prepared, runs);
        } finally {
            prepared.values().forEach(Prepared::close);
        }
    }

    /// Measures in turn what has been prepared.
    ///
    /// @param scenario what all of it is a form of
    static Comparison of(Scenario scenario, Map<String, Prepared> prepared, int runs) {
        Map<String, List<Run>> results = new LinkedHashMap<>();
        for (int i = 0; i < runs; i++) {
            prepared.forEach((name, ready) -> results.computeIfAbsent(name, _ -> new ArrayList<>())
                    .add(ready.run()));
        }
        return new Comparison(scenario.title(), scenario.times(), scenario.figures(), results);
    }

    /// The most that others took of the processors during a run.
    double othersShare() {
        return runs.values().stream().flatMap(List::stream).mapToDouble(Run::othersShare).max().orElse(0);
    }

    boolean conclusive() {
        return othersShare() <= Machine.OTHERS_MAX;
    }

    List<Run> of(String subject) {
        return runs.getOrDefault(subject, List.of());
    }

    String first() {
        return runs.keySet().iterator().next();
    }

    Medians medians(String subject, Figure figure) {
        return Medians.of(of(subject), run -> run.figure(figure));
    }

    /// The first subject's figure as a multiple of another's.
    double ratio(String other, Figure figure) {
        return medians(first(), figure).median() / medians(other, figure).median();
    }
}
