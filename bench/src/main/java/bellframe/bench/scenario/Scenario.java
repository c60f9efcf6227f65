package bellframe.bench.scenario;

import java.util.List;

/// Something that users do, to be measured on any subject.
interface Scenario {

    /// In a few words, with the sizes.
    String title();

    /// What each run gives, in the order of the table.
    List<Figure> figures();

    /// What [Run#nanos] are the times of.
    String times();

    /// Makes what the subject needs, and warms it up. The subject that sets the pace is prepared first.
    Prepared prepare(Subject subject);

    /// A subject that is ready to be measured, as often as is wanted.
    interface Prepared extends AutoCloseable {

        Run run();

        @Override
        void close();
    }
}
