package bellframe.limits;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.Operation;
import bellframe.api.identity.IdentityOperations;
import bellframe.api.messaging.MessagingOperations;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationRatesTest {

    /// They are in both services, and their requests do not tell which one they are for.
    private static final Set<String> ON_TAGS = Set.of("TagResource", "UntagResource", "ListTagsForResource");

    @Test
    void everyNameIsAnOperation() {
        assertThat(OperationRates.all().keySet()).isSubsetOf(names(operations()));
    }

    @Test
    void everyOperationWithABearerDrawsOnItsRateFirst() {
        Set<String> bearing = names(MessagingOperations.ALL.stream().filter(Operation::bearer));

        assertThat(operations().filter(operation -> drawn(operation).contains(Rate.BEARER)))
                .extracting(Operation::name)
                .containsExactlyInAnyOrderElementsOf(bearing);
        assertThat(bearing).allMatch(name -> OperationRates.of(name).getFirst() == Rate.BEARER);
    }

    @Test
    void everyIdentityOperationDrawsOnTheirCommonRateLast() {
        assertThat(IdentityOperations.ALL).filteredOn(operation -> !ON_TAGS.contains(operation.name()))
                .allMatch(operation -> drawn(operation).getLast() == Rate.IDENTITY);
        assertThat(MessagingOperations.ALL).noneMatch(operation -> drawn(operation).contains(Rate.IDENTITY));
    }

    /// The rows of the documented quotas that apply here, as they stand there.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "CreateAppInstance UpdateAppInstance DeleteAppInstance | 5 | APP_INSTANCE",
            "CreateAppInstanceUser UpdateAppInstanceUser DeleteAppInstanceUser | 10 | APP_INSTANCE",
            "DescribeAppInstance | 20 | APP_INSTANCE",
            "DescribeAppInstanceUser | 20 | USER",
            "ListAppInstances | 10 | ACCOUNT",
            "ListAppInstanceUsers | 10 | APP_INSTANCE",
            "CreateChannel UpdateChannel DeleteChannel | 15 | APP_INSTANCE",
            "ListChannels | 10 | APP_INSTANCE",
            "DescribeChannel | 20 | CHANNEL",
            "CreateChannelMembership DeleteChannelMembership CreateChannelModerator DeleteChannelModerator CreateChannelBan DeleteChannelBan | 15 | CHANNEL",
            "ListChannelMemberships ListChannelModerators ListChannelBans | 15 | CHANNEL",
            "SendChannelMessage UpdateChannelMessage RedactChannelMessage DeleteChannelMessage ChannelFlowCallback | 30 | CHANNEL",
            "ListChannelMessages | 30 | CHANNEL",
            "GetChannelMessage | 30 | CHANNEL",
            "ListChannelMembershipsForAppInstanceUser ListChannelsModeratedByAppInstanceUser | 15 | USER",
            "BatchCreateChannelMembership | 1 | CHANNEL"})
    void everyDocumentedRateIsOneBucketOfItsOperations(String operations, int perSecond, Rate.Scope scope) {
        List<Rate> own = Arrays.stream(operations.split(" ")).map(OperationRatesTest::own).distinct().toList();

        assertThat(own).singleElement().satisfies(rate -> {
            assertThat(rate.perSecond()).isEqualTo(perSecond);
            assertThat(rate.scope()).isEqualTo(scope);
        });
        assertThat(OperationRates.all().keySet()).filteredOn(name -> OperationRates.of(name).contains(own.getFirst()))
                .containsExactlyInAnyOrder(operations.split(" "));
    }

    @Test
    void theCommonRatesAreTheDocumentedOnes() {
        assertThat(Rate.BEARER.perSecond()).isEqualTo(10);
        assertThat(Rate.BEARER.scope()).isEqualTo(Rate.Scope.USER);
        assertThat(Rate.IDENTITY.perSecond()).isEqualTo(50);
        assertThat(Rate.IDENTITY.scope()).isEqualTo(Rate.Scope.ACCOUNT);
    }

    @Test
    void everyRateIsDrawnOn() {
        var drawn = new LinkedHashSet<Rate>();
        OperationRates.all().values().forEach(drawn::addAll);

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(
                Stream.of(Rate.values()).filter(rate -> rate != Rate.IAM && rate != Rate.STS).toList());
    }

    private static Rate own(String operation) {
        List<Rate> own = OperationRates.of(operation)
                .stream()
                .filter(rate -> rate != Rate.BEARER && rate != Rate.IDENTITY)
                .toList();
        assertThat(own).as(operation).hasSize(1);
        return own.getFirst();
    }

    private static List<Rate> drawn(Operation<?, ?, ?> operation) {
        return OperationRates.of(operation.name());
    }

    private static Stream<Operation<?, ?, ?>> operations() {
        return Stream.concat(MessagingOperations.ALL.stream(), IdentityOperations.ALL.stream());
    }

    private static Set<String> names(Stream<? extends Operation<?, ?, ?>> operations) {
        var names = new TreeSet<String>();
        operations.forEach(operation -> names.add(operation.name()));
        return names;
    }
}
