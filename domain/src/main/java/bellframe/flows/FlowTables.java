package bellframe.flows;

import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelFlowArn;
import bellframe.rows.Records;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Key;

/// Keys and rows of CHANNEL_FLOWS.
final class FlowTables {

    private static final int VERSION = 1;

    static final Records.Layout<ChannelFlowArn, ChannelFlow> LAYOUT = new Records.Layout<>(
            arn -> flows(arn.appInstance()), arn -> Key.of(arn.channelFlowId()), FlowTables::row,
            (arn, row) -> read(arn.appInstance(), row));

    private FlowTables() {
    }

    static Key flows(AppInstanceArn appInstance) {
        return Key.of(appInstance.account().id(), appInstance.account().region(), appInstance.id());
    }

    private static byte[] row(ChannelFlow flow) {
        return new RowWriter(VERSION).text(flow.arn().channelFlowId())
                .text(flow.name())
                .time(flow.created())
                .time(flow.updated())
                .list(flow.processors(), ChannelFlow.Processor::write)
                .toBytes();
    }

    static ChannelFlow read(AppInstanceArn appInstance, byte[] row) {
        var reader = new RowReader(row, VERSION);
        var arn = new ChannelFlowArn(appInstance, reader.text());
        String name = reader.text();
        var created = reader.time();
        var updated = reader.time();
        return new ChannelFlow(arn, name, reader.list(ChannelFlow.Processor::read), created, updated);
    }
}
