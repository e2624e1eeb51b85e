package io.orderly.kit.settings;

import io.orderly.kit.settings.SettingStore.Result;
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
    private final @Nullable SettingStore store;

    /** @param store null if there is none */
    SettingsEndpoint(LiveSettings settings, @Nullable SettingStore store) {
        this.settings = settings;
        this.store = store;
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
            List<SettingChange> history = store == null ? List.of() : store.history(name);
            return new WebEndpointResponse<>(Map.of("history", history));
        } catch (SettingStoreException e) {
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
        if (store == null) {
            return refused(
                    WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
                    "the service has no store for settings, so the configured values apply");
        }
        return switch (store.change(setting.get().declaration(), value, by, revision)) {
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
