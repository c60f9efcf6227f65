package bellframe.identity;

import bellframe.api.Call;
import bellframe.api.identity.AppInstanceRetentionSettings;
import bellframe.api.identity.AppInstanceSummary;
import bellframe.api.identity.ChannelRetentionSettings;
import bellframe.api.identity.CreateAppInstanceRequest;
import bellframe.api.identity.CreateAppInstanceResponse;
import bellframe.api.identity.DeleteAppInstanceRequest;
import bellframe.api.identity.DescribeAppInstanceRequest;
import bellframe.api.identity.DescribeAppInstanceResponse;
import bellframe.api.identity.GetAppInstanceRetentionSettingsRequest;
import bellframe.api.identity.GetAppInstanceRetentionSettingsResponse;
import bellframe.api.identity.ListAppInstancesRequest;
import bellframe.api.identity.ListAppInstancesResponse;
import bellframe.api.identity.PutAppInstanceRetentionSettingsRequest;
import bellframe.api.identity.PutAppInstanceRetentionSettingsResponse;
import bellframe.api.identity.Tag;
import bellframe.api.identity.UpdateAppInstanceRequest;
import bellframe.api.identity.UpdateAppInstanceResponse;
import bellframe.limits.Limit;
import bellframe.rows.Page;
import bellframe.rows.PageTokens;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operations on app instances.
public final class AppInstanceOperations {

    private final AppInstances appInstances;
    private final RetentionSettings retentions;
    private final PageTokens pageTokens;

    public AppInstanceOperations(AppInstances appInstances, RetentionSettings retentions, PageTokens pageTokens) {
        this.appInstances = appInstances;
        this.retentions = retentions;
        this.pageTokens = pageTokens;
    }

    public CreateAppInstanceResponse create(Call call, CreateAppInstanceRequest request) {
        Limit.requireMetadata(request.metadata());
        AppInstance created = appInstances.create(request.name(), request.metadata(), tags(request.tags()),
                call.principalArn(), request.clientRequestToken());
        return new CreateAppInstanceResponse(created.arn().toString());
    }

    public DescribeAppInstanceResponse describe(DescribeAppInstanceRequest request) {
        AppInstance found = appInstances.require(request.appInstanceArn());
        return new DescribeAppInstanceResponse(bellframe.api.identity.AppInstance.builder()
                .appInstanceArn(found.arn().toString())
                .name(found.name())
                .metadata(found.metadata())
                .createdTimestamp(found.created())
                .lastUpdatedTimestamp(found.updated())
                .build());
    }

    public ListAppInstancesResponse list(Call call, ListAppInstancesRequest request) {
        String list = "ListAppInstances " + call.principalArn();
        Page<AppInstanceSummary> page = appInstances
                .list(pageTokens.open(list, request.nextToken()), Limit.pageItems(request.maxResults()))
                .map(found -> new AppInstanceSummary(found.arn().toString(), found.name(), found.metadata()));
        return new ListAppInstancesResponse(page.items(), pageTokens.seal(list, page.next()));
    }

    public UpdateAppInstanceResponse update(UpdateAppInstanceRequest request) {
        Limit.requireMetadata(request.metadata());
        AppInstance target = appInstances.require(request.appInstanceArn());
        AppInstance changed = appInstances.update(target.arn(), request.name(), request.metadata());
        return new UpdateAppInstanceResponse(changed.arn().toString());
    }

    public void delete(DeleteAppInstanceRequest request) {
        appInstances.delete(appInstances.require(request.appInstanceArn()).arn());
    }

    /// Without settings, an empty structure.
    public GetAppInstanceRetentionSettingsResponse getRetentionSettings(
            GetAppInstanceRetentionSettingsRequest request) {
        Retention retention = retentions.find(appInstances.require(request.appInstanceArn()).arn());
        return new GetAppInstanceRetentionSettingsResponse(settings(retention), begins(retention));
    }

    public PutAppInstanceRetentionSettingsResponse putRetentionSettings(
            PutAppInstanceRetentionSettingsRequest request) {
        AppInstance appInstance = appInstances.require(request.appInstanceArn());
        ChannelRetentionSettings channels = request.appInstanceRetentionSettings().channelRetentionSettings();
        Retention retention = retentions.put(appInstance.arn(), channels == null ? null : channels.retentionDays());
        return new PutAppInstanceRetentionSettingsResponse(settings(retention), begins(retention));
    }

    private static AppInstanceRetentionSettings settings(@Nullable Retention retention) {
        return new AppInstanceRetentionSettings(
                retention == null ? null : new ChannelRetentionSettings(retention.days()));
    }

    private static @Nullable Instant begins(@Nullable Retention retention) {
        return retention == null ? null : retention.deletionBegins();
    }

    static Map<String, String> tags(@Nullable List<Tag> tags) {
        var byKey = new LinkedHashMap<String, String>();
        if (tags != null) {
            tags.forEach(tag -> byKey.put(tag.key(), tag.value()));
        }
        return byKey;
    }
}
