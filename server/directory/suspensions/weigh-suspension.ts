/** `after`: the people whom the connection deactivated or deleted within a day, this one included. `peopleNow`: who works here. */
export const isHeld = ({ after, peopleNow }: { after: number; peopleNow: number }): boolean => after >= 3 && after > peopleNow * 0.05;
