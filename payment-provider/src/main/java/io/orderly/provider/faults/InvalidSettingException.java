package io.orderly.provider.faults;

/** A setting is out of its range. */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String field;

    /** @param message what the value must be, to follow the field's name */
    public InvalidSettingException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The component of {@link FaultSettings}. */
    public String field() {
        return field;
    }
}
