package bellframe.messages;

import bellframe.channels.ChannelHeads;
import bellframe.events.ChannelEvent.MessageHeld.Change;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.names.Position;
import bellframe.rows.Pages;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keys and rows of FLOW_RUNS, which share the partition of their messages.
final class FlowRunTables {

    private static final int VERSION = 1;

    private FlowRunTables() {
    }

    static byte @Nullable [] row(Storage storage, String incarnation, Position position) {
        return storage.get(Table.FLOW_RUNS, partition(incarnation, position), key(position));
    }

    /// Names the runs that have not ended, of messages in a time bucket, some at a time: they hold content.
    static void forEachWaiting(Storage storage, String incarnation, long bucket,
            Consumer<Stream<FlowRun.Waiting>> action) {
        Key partition = ChannelHeads.partition(incarnation, bucket);
        Key from = null;
        List<Row> rows;
        do {
            rows = storage.scan(Scan.ascending(Table.FLOW_RUNS, partition, from, Pages.SWEEP_ROWS));
            action.accept(rows.stream()
                    .map(row -> fromRow(row.value()))
                    .filter(FlowRun.Waiting.class::isInstance)
                    .map(FlowRun.Waiting.class::cast));
            from = rows.isEmpty() ? null : rows.getLast().key().next();
        } while (rows.size() == Pages.SWEEP_ROWS);
    }

    static void put(Batch batch, String incarnation, Position position, FlowRun run) {
        batch.put(Table.FLOW_RUNS, partition(incarnation, position), key(position), row(run));
    }

    /// Has a batch written only if the run is as it was read.
    static void require(Batch batch, String incarnation, Position position, byte @Nullable [] before) {
        if (before == null) {
            batch.requireAbsent(Table.FLOW_RUNS, partition(incarnation, position), key(position));
        } else {
            batch.requireEqual(Table.FLOW_RUNS, partition(incarnation, position), key(position), before);
        }
    }

    static void delete(Batch batch, String incarnation, Position position) {
        batch.delete(Table.FLOW_RUNS, partition(incarnation, position), key(position));
    }

    private static Key partition(String incarnation, Position position) {
        return ChannelHeads.partition(incarnation, position.bucket());
    }

    private static Key key(Position position) {
        return Key.builder().number64(position.micros()).build();
    }

    private static byte[] row(FlowRun run) {
        var row = new RowWriter(VERSION);
        return switch (run) {
            case FlowRun.Waiting waiting -> row.flag(true)
                    .name(waiting.change())
                    .flag(waiting.persistent())
                    .text(waiting.channelArn())
                    .bytes(waiting.message().toRow())
                    .list(waiting.processors(), Processor::write)
                    .text(waiting.callbackId())
                    .list(waiting.spent(), RowWriter::text)
                    .time(waiting.since())
                    .toBytes();
            case FlowRun.Ended(var messageId, var spent, var until) -> row.flag(false)
                    .text(messageId)
                    .list(spent, RowWriter::text)
                    .time(until)
                    .toBytes();
        };
    }

    static FlowRun fromRow(byte[] bytes) {
        var row = new RowReader(bytes, VERSION);
        return row.flag()
                ? new FlowRun.Waiting(row.name(Change.class), row.flag(), row.text(), Message.fromRow(row.bytes()),
                        row.list(Processor::read), row.text(), row.list(RowReader::text), row.time())
                : new FlowRun.Ended(row.text(), row.list(RowReader::text), row.time());
    }
}
