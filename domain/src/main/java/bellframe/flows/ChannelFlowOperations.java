package bellframe.flows;

import bellframe.api.Call;
import bellframe.api.messaging.AssociateChannelFlowRequest;
import bellframe.api.messaging.ChannelAssociatedWithFlowSummary;
import bellframe.api.messaging.ChannelFlowSummary;
import bellframe.api.messaging.ChannelMode;
import bellframe.api.messaging.ChannelPrivacy;
import bellframe.api.messaging.CreateChannelFlowRequest;
import bellframe.api.messaging.CreateChannelFlowResponse;
import bellframe.api.messaging.DeleteChannelFlowRequest;
import bellframe.api.messaging.DescribeChannelFlowRequest;
import bellframe.api.messaging.DescribeChannelFlowResponse;
import bellframe.api.messaging.DisassociateChannelFlowRequest;
import bellframe.api.messaging.FallbackAction;
import bellframe.api.messaging.InvocationType;
import bellframe.api.messaging.LambdaConfiguration;
import bellframe.api.messaging.ListChannelFlowsRequest;
import bellframe.api.messaging.ListChannelFlowsResponse;
import bellframe.api.messaging.ListChannelsAssociatedWithChannelFlowRequest;
import bellframe.api.messaging.ListChannelsAssociatedWithChannelFlowResponse;
import bellframe.api.messaging.Processor;
import bellframe.api.messaging.ProcessorConfiguration;
import bellframe.api.messaging.UpdateChannelFlowRequest;
import bellframe.api.messaging.UpdateChannelFlowResponse;
import bellframe.channels.Action;
import bellframe.channels.Channel;
import bellframe.channels.Channels;
import bellframe.channels.ChannelShapes;
import bellframe.channels.Standing;
import bellframe.identity.Actors;
import bellframe.identity.AppInstances;
import bellframe.limits.Limit;
import bellframe.names.AppInstanceArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;
import java.util.List;

/// The operations on channel flows.
public final class ChannelFlowOperations {

    private final AppInstances appInstances;
    private final Actors actors;
    private final Channels channels;
    private final ChannelFlows flows;
    private final PageTokens pageTokens;

    public ChannelFlowOperations(AppInstances appInstances, Actors actors, Channels channels, ChannelFlows flows,
            PageTokens pageTokens) {
        this.appInstances = appInstances;
        this.actors = actors;
        this.channels = channels;
        this.flows = flows;
        this.pageTokens = pageTokens;
    }

    public CreateChannelFlowResponse create(Call call, CreateChannelFlowRequest request) {
        ChannelFlow flow = flows.create(appInstance(request.appInstanceArn()), request.name(),
                processors(request.processors()), ChannelShapes.tags(request.tags()), call.principalArn(),
                request.clientRequestToken());
        return new CreateChannelFlowResponse(flow.arn().toString());
    }

    public DescribeChannelFlowResponse describe(DescribeChannelFlowRequest request) {
        ChannelFlow flow = flows.require(request.channelFlowArn());
        return new DescribeChannelFlowResponse(bellframe.api.messaging.ChannelFlow.builder()
                .channelFlowArn(flow.arn().toString())
                .processors(shapes(flow.processors()))
                .name(flow.name())
                .createdTimestamp(flow.created())
                .lastUpdatedTimestamp(flow.updated())
                .build());
    }

    public ListChannelFlowsResponse list(ListChannelFlowsRequest request) {
        AppInstanceArn appInstance = appInstance(request.appInstanceArn());
        String list = "ListChannelFlows " + appInstance;
        Page<ChannelFlowSummary> page = flows
                .list(appInstance, pageTokens.open(list, request.nextToken()), Limit.pageItems(request.maxResults()))
                .map(flow -> new ChannelFlowSummary(flow.arn().toString(), flow.name(), shapes(flow.processors())));
        return new ListChannelFlowsResponse(page.items(), pageTokens.seal(list, page.next()));
    }

    public UpdateChannelFlowResponse update(UpdateChannelFlowRequest request) {
        ChannelFlow flow = flows.update(request.channelFlowArn(), request.name(), processors(request.processors()));
        return new UpdateChannelFlowResponse(flow.arn().toString());
    }

    public void delete(DeleteChannelFlowRequest request) {
        flows.delete(request.channelFlowArn());
    }

    public void associate(AssociateChannelFlowRequest request) {
        flows.associate(associating(request.chimeBearer(), request.channelArn()), request.channelFlowArn());
    }

    public void disassociate(DisassociateChannelFlowRequest request) {
        flows.disassociate(associating(request.chimeBearer(), request.channelArn()), request.channelFlowArn());
    }

    public ListChannelsAssociatedWithChannelFlowResponse listChannels(
            ListChannelsAssociatedWithChannelFlowRequest request) {
        ChannelFlow flow = flows.require(request.channelFlowArn());
        String list = "ListChannelsAssociatedWithChannelFlow " + flow.arn();
        Page<ChannelAssociatedWithFlowSummary> page = channels
                .list(flow.arn(), pageTokens.open(list, request.nextToken()), Limit.pageItems(request.maxResults()))
                .map(channel -> ChannelAssociatedWithFlowSummary.builder()
                        .name(channel.name())
                        .channelArn(channel.arn().toString())
                        .mode(ChannelMode.valueOf(channel.mode().name()))
                        .privacy(ChannelPrivacy.valueOf(channel.privacy().name()))
                        .metadata(channel.metadata())
                        .build());
        return new ListChannelsAssociatedWithChannelFlowResponse(page.items(), pageTokens.seal(list, page.next()));
    }

    private AppInstanceArn appInstance(String arn) {
        return AppInstanceArn.parse(arn)
                .filter(parsed -> appInstances.find(parsed) != null)
                .orElseThrow(() -> new Refused(Refusal.NOT_ALLOWED, "The app instance does not exist."));
    }

    private Channel associating(String chimeBearer, String channelArn) {
        Standing standing = channels.standing(actors.bearer(chimeBearer), channelArn);
        standing.require(Action.ASSOCIATE_FLOW);
        return standing.channel();
    }

    private static List<ChannelFlow.Processor> processors(List<Processor> processors) {
        return processors.stream()
                .map(processor -> new ChannelFlow.Processor(processor.name(),
                        processor.configuration().lambda().resourceArn(), processor.executionOrder(),
                        switch (processor.fallbackAction()) {
                            case CONTINUE -> ChannelFlow.Fallback.CONTINUE;
                            case ABORT -> ChannelFlow.Fallback.ABORT;
                        }))
                .toList();
    }

    private static List<Processor> shapes(List<ChannelFlow.Processor> processors) {
        return processors.stream()
                .map(processor -> new Processor(processor.name(),
                        new ProcessorConfiguration(
                                new LambdaConfiguration(processor.lambdaArn(), InvocationType.ASYNC)),
                        processor.order(), switch (processor.fallback()) {
                            case CONTINUE -> FallbackAction.CONTINUE;
                            case ABORT -> FallbackAction.ABORT;
                        }))
                .toList();
    }
}
