package bellframe.server;

import bellframe.alerts.Alerts;
import bellframe.bots.BotRuntimes;
import bellframe.flows.Processors;
import bellframe.names.AppInstanceArn;
import bellframe.outbound.Outbound;
import bellframe.outbox.DeliveryFailed;
import bellframe.push.PushServices;
import bellframe.server.config.OutboundConfig;
import bellframe.streaming.StreamSinks;
import org.jspecify.annotations.Nullable;

/// Whom the domain asks and tells outside.
///
/// @param streams null if nothing is streamed
/// @param push null if no devices are reached
/// @param bots null if nothing answers for bots
record Outside(
        Processors processors,
        @Nullable StreamSinks streams,
        @Nullable PushServices push,
        @Nullable BotRuntimes bots,
        Alerts alerts) {

    static Outside of(Outbound outbound) {
        return new Outside(outbound.processors(), outbound.streams(), outbound.push(), outbound.bots(),
                outbound.alerts());
    }

    /// For a process that hands nothing over: what is to be, according to the configuration, waits for the server.
    static Outside later(OutboundConfig config) {
        var nobody = new Nobody();
        return new Outside(nobody, config.streams().isEmpty() ? null : nobody, null, null, _ -> {
        });
    }

    private static final class Nobody implements Processors, StreamSinks {

        @Override
        public void invoke(String processorArn, AppInstanceArn appInstance, byte[] event) throws DeliveryFailed {
            throw notNow();
        }

        @Override
        public Fitness fitness(String streamArn) {
            return new Fitness.Unknown("the server does not run");
        }

        @Override
        public void put(String streamArn, String partitionKey, byte[] record) throws DeliveryFailed {
            throw notNow();
        }

        private static DeliveryFailed notNow() {
            return DeliveryFailed.transientFailure("the server does not run");
        }
    }
}
