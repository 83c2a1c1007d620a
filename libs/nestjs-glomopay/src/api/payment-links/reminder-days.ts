/** Days between two reminders that the gateway sends. */
export const reminderDays = [1, 2, 7, 14] as const;

/** Days between two reminders. */
export type ReminderDays = (typeof reminderDays)[number];
