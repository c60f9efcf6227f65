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

    static final Records.Layout<ChannelFlowArn, ChannelFlow> LAYOUT = new Records.Layout<>() {
        @Override
        public Key partition(ChannelFlowArn flow) {
            return flows(flow.appInstance());
        }

        @Override
        public Key row(ChannelFlowArn flow) {
            return Key.of(flow.channelFlowId());
        }

        @Override
        public byte[] write(ChannelFlow flow) {
            var row = new RowWriter(VERSION).text(flow.arn().channelFlowId())
                    .text(flow.name())
                    .time(flow.created())
                    .time(flow.updated());
            return row.list(flow.processors(), FlowTables::write).toBytes();
        }

        @Override
        public ChannelFlow read(ChannelFlowArn flow, byte[] row) {
            return FlowTables.read(flow.appInstance(), row);
        }
    };

    private FlowTables() {
    }

    static Key flows(AppInstanceArn appInstance) {
        return Key.of(appInstance.account().id(), appInstance.account().region(), appInstance.id());
    }

    static ChannelFlow read(AppInstanceArn appInstance, byte[] row) {
        var reader = new RowReader(row, VERSION);
        var arn = new ChannelFlowArn(appInstance, reader.text());
        String name = reader.text();
        var created = reader.time();
        var updated = reader.time();
        return new ChannelFlow(arn, name, reader.list(FlowTables::processor), created, updated);
    }

    static void write(RowWriter row, ChannelFlow.Processor processor) {
        row.text(processor.name())
                .text(processor.lambdaArn())
                .number(processor.order())
                .name(processor.fallback());
    }

    private static ChannelFlow.Processor processor(RowReader reader) {
        return new ChannelFlow.Processor(reader.text(), reader.text(), Math.toIntExact(reader.number()),
                reader.name(ChannelFlow.Fallback.class));
    }
}
