// somebody else
