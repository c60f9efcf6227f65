package bellframe.streaming;

import bellframe.identity.AppInstances;
import bellframe.names.AppInstanceArn;
import bellframe.rows.Records;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import org.jspecify.annotations.Nullable;

/// Keeps where the events of each app instance are streamed to.
public final class StreamingConfigurations {

    private static final int CACHED_MAX = 1_000;
    private static final int VERSION = 1;

    private static final Records.Layout<AppInstanceArn, StreamingConfiguration> LAYOUT = new Records.Layout<>(
            arn -> Key.of(arn.account().id(), arn.account().region()), arn -> Key.of(arn.id()),
            StreamingConfigurations::row, (_, row) -> configuration(row));

    private final AppInstances appInstances;
    private final Records<AppInstanceArn, StreamingConfiguration> configurations;

    public StreamingConfigurations(AppInstances appInstances, Storage storage) {
        this.appInstances = appInstances;
        this.configurations = new Records<>(storage, Table.STREAMING_CONFIGURATIONS, LAYOUT, CACHED_MAX);
    }

    public @Nullable StreamingConfiguration find(AppInstanceArn appInstance) {
        return configurations.find(appInstance);
    }

    public void put(AppInstanceArn appInstance, StreamingConfiguration configuration) {
        configurations.put(appInstance, configuration);
        // An app instance deleted meanwhile may have been purged without this.
        if (appInstances.find(appInstance) == null) {
            remove(appInstance);
        }
    }

    public void remove(AppInstanceArn appInstance) {
        configurations.remove(appInstance);
    }

    private static byte[] row(StreamingConfiguration configuration) {
        return new RowWriter(VERSION).optional(configuration.channels(), RowWriter::text)
                .optional(configuration.messages(), RowWriter::text)
                .toBytes();
    }

    private static StreamingConfiguration configuration(byte[] row) {
        var reader = new RowReader(row, VERSION);
        return new StreamingConfiguration(reader.optional(RowReader::text), reader.optional(RowReader::text));
    }
}
