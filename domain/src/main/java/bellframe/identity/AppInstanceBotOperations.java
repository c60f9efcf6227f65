package bellframe.identity;

import bellframe.api.Call;
import bellframe.api.identity.AppInstanceBotSummary;
import bellframe.api.identity.Configuration;
import bellframe.api.identity.CreateAppInstanceBotRequest;
import bellframe.api.identity.CreateAppInstanceBotResponse;
import bellframe.api.identity.DeleteAppInstanceBotRequest;
import bellframe.api.identity.DescribeAppInstanceBotRequest;
import bellframe.api.identity.DescribeAppInstanceBotResponse;
import bellframe.api.identity.InvokedBy;
import bellframe.api.identity.LexConfiguration;
import bellframe.api.identity.ListAppInstanceBotsRequest;
import bellframe.api.identity.ListAppInstanceBotsResponse;
import bellframe.api.identity.RespondsTo;
import bellframe.api.identity.StandardMessages;
import bellframe.api.identity.TargetedMessages;
import bellframe.api.identity.UpdateAppInstanceBotRequest;
import bellframe.api.identity.UpdateAppInstanceBotResponse;
import bellframe.limits.Limit;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;

/// The operations on app instance bots.
public final class AppInstanceBotOperations {

    private final AppInstances appInstances;
    private final AppInstanceBots bots;
    private final PageTokens pageTokens;

    public AppInstanceBotOperations(AppInstances appInstances, AppInstanceBots bots, PageTokens pageTokens) {
        this.appInstances = appInstances;
        this.bots = bots;
        this.pageTokens = pageTokens;
    }

    public CreateAppInstanceBotResponse create(Call call, CreateAppInstanceBotRequest request) {
        Limit.requireMetadata(request.metadata());
        AppInstance appInstance = appInstances.require(request.appInstanceArn());
        AppInstanceBot bot = bots.create(appInstance.arn(), request.name(), request.metadata(),
                lex(request.configuration()), AppInstanceOperations.tags(request.tags()), call.principalArn(),
                request.clientRequestToken());
        return new CreateAppInstanceBotResponse(bot.arn().toString());
    }

    public DescribeAppInstanceBotResponse describe(DescribeAppInstanceBotRequest request) {
        AppInstanceBot bot = bots.require(request.appInstanceBotArn());
        return new DescribeAppInstanceBotResponse(bellframe.api.identity.AppInstanceBot.builder()
                .appInstanceBotArn(bot.arn().toString())
                .name(bot.name())
                .metadata(bot.metadata())
                .configuration(new Configuration(configuration(bot.lex())))
                .createdTimestamp(bot.created())
                .lastUpdatedTimestamp(bot.updated())
                .build());
    }

    public ListAppInstanceBotsResponse list(ListAppInstanceBotsRequest request) {
        AppInstance appInstance = appInstances.require(request.appInstanceArn());
        String list = "ListAppInstanceBots " + appInstance.arn();
        Page<AppInstanceBotSummary> page = bots
                .list(appInstance.arn(), pageTokens.open(list, request.nextToken()),
                        Limit.pageItems(request.maxResults()))
                .map(bot -> new AppInstanceBotSummary(bot.arn().toString(), bot.name(), bot.metadata()));
        return new ListAppInstanceBotsResponse(appInstance.arn().toString(), page.items(),
                pageTokens.seal(list, page.next()));
    }

    public UpdateAppInstanceBotResponse update(UpdateAppInstanceBotRequest request) {
        Limit.requireMetadata(request.metadata());
        Configuration configuration = request.configuration();
        AppInstanceBot changed = bots.update(request.appInstanceBotArn(), request.name(), request.metadata(),
                configuration == null ? null : lex(configuration));
        return new UpdateAppInstanceBotResponse(changed.arn().toString());
    }

    public void delete(DeleteAppInstanceBotRequest request) {
        bots.delete(request.appInstanceBotArn());
    }

    /// What invokes a bot that does not say: in the older form every message for everybody, otherwise such as seem meant
    /// for it, and those targeted at it.
    private static AppInstanceBot.Lex lex(Configuration configuration) {
        LexConfiguration lex = configuration.lex();
        boolean respondsTo = lex.respondsTo() != null;
        InvokedBy invokedBy = lex.invokedBy();
        if (invokedBy == null) {
            invokedBy = respondsTo
                    ? new InvokedBy(StandardMessages.ALL, TargetedMessages.NONE)
                    : new InvokedBy(StandardMessages.AUTO, TargetedMessages.ALL);
        }
        return new AppInstanceBot.Lex(lex.lexBotAliasArn(), lex.localeId(), lex.welcomeIntent(), respondsTo,
                switch (invokedBy.standardMessages()) {
                    case AUTO -> AppInstanceBot.Standard.AUTO;
                    case ALL -> AppInstanceBot.Standard.ALL;
                    case MENTIONS -> AppInstanceBot.Standard.MENTIONS;
                    case NONE -> AppInstanceBot.Standard.NONE;
                }, switch (invokedBy.targetedMessages()) {
                    case ALL -> true;
                    case NONE -> false;
                });
    }

    private static LexConfiguration configuration(AppInstanceBot.Lex lex) {
        return LexConfiguration.builder()
                .respondsTo(lex.respondsTo() ? RespondsTo.STANDARD_MESSAGES : null)
                .invokedBy(new InvokedBy(switch (lex.standard()) {
                    case AUTO -> StandardMessages.AUTO;
                    case ALL -> StandardMessages.ALL;
                    case MENTIONS -> StandardMessages.MENTIONS;
                    case NONE -> StandardMessages.NONE;
                }, lex.targeted() ? TargetedMessages.ALL : TargetedMessages.NONE))
                .lexBotAliasArn(lex.botAliasArn())
                .localeId(lex.localeId())
                .welcomeIntent(lex.welcomeIntent())
                .build();
    }
}
