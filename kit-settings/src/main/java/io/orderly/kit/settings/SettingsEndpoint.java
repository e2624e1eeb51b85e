package io.orderly.kit.settings;

import io.orderly.coordinator.client.CoordinatorException;
import io.orderly.kit.settings.SettingChanges.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** Shows the settings of this service, and changes them after a check against their declarations. */
@Endpoint(id = "settings")
final class SettingsEndpoint {

    private static final int UNPROCESSABLE = 422;
    private static final int CONFLICT = 409;

    private final LiveSettings settings;
    private final @Nullable SettingChanges changes;

    /** @param changes null if no coordinator is configured */
    SettingsEndpoint(LiveSettings settings, @Nullable SettingChanges changes) {
        this.settings = settings;
        this.changes = changes;
    }

    @ReadOperation
    Map<String, List<SettingView>> all() {
        return Map.of("settings", settings.all().stream().map(LiveSetting::view).toList());
    }

    @ReadOperation
    WebEndpointResponse<?> history(@Selector String name) {
        if (settings.named(name).isEmpty()) {
            return refused(WebEndpointResponse.STATUS_NOT_FOUND, "there is no setting " + name);
        }
        try {
            List<SettingChange> history = changes == null ? List.of() : changes.history(name);
            return new WebEndpointResponse<>(Map.of("history", history));
        } catch (CoordinatorException e) {
            return refused(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * @param value null to delete the stored one
     * @param by who changes it
     * @param revision of the stored value that is to be replaced; null for the one that is stored now
     */
    @WriteOperation
    WebEndpointResponse<?> change(@Selector String name, @Nullable String value, String by, @Nullable Long revision) {
        Optional<LiveSetting<?>> setting = settings.named(name);
        if (setting.isEmpty()) {
            return refused(WebEndpointResponse.STATUS_NOT_FOUND, "there is no setting " + name);
        }
        if (changes == null) {
            return refused(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, "no coordinator is configured");
        }
        return switch (changes.change(setting.get().declaration(), value, by, revision)) {
            case Result.Changed changed -> new WebEndpointResponse<>(changed);
            case Result.Invalid(String reason) -> refused(UNPROCESSABLE, reason);
            case Result.Conflict _ -> refused(CONFLICT, "the value was changed meanwhile");
            case Result.Failed(String cause) -> refused(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, cause);
        };
    }

    private static WebEndpointResponse<?> refused(int status, String reason) {
        return new WebEndpointResponse<>(Map.of("refused", reason), status);
    }
}
